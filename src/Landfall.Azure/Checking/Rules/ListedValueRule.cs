using System.Collections.Immutable;
using Azure.Bicep.Types.Concrete;
using Landfall.Azure.Checking.Tables;
using Landfall.Azure.Snapshots;
using Landfall.Azure.Types;

namespace Landfall.Azure.Checking.Rules;

/// <summary>
/// Where a type lists words, a value is one of them. To the compiler a choice that is open to other words, as most are,
/// takes any.
/// </summary>
internal sealed class ListedValueRule : ICheckRule
{
    public IEnumerable<Finding> Check(CheckScope scope) => scope.Resources.SelectMany(r => Check(scope, r));

    private static IEnumerable<Finding> Check(CheckScope scope, CheckedResource resource)
    {
        TypeBase? type = CheckScope.Types.Body(resource.Resource.Type, resource.Resource.ApiVersion);
        return type is null
            ? []
            : TypedValue.Of(resource.Resource.Body, type)
                .Where(v => v.Path is not ("name" or "type" or "apiVersion" or "id"))
                .Select(v => (Value: v, Text: v.Value.Text(), Words: ValueList.Of(v.Type)))
                .Where(v => v.Text is not null && !v.Words.IsEmpty)
                .Where(v => ListedValueTable.IsCombined(resource.Resource.Type, v.Value.Path)
                    ? !v.Text!.Split(',').All(word => Has(v.Words, word))
                    : !Has(v.Words, v.Text!))
                .Select(v => scope.At(
                    resource,
                    v.Value.Path,
                    CheckCodes.UnlistedValue,
                    FindingSeverity.Error,
                    $"{resource.Resource.Type} has no value {v.Text} there.",
                    Advice(v.Text!, v.Words)));
    }

    /// <summary>Some choices are lists themselves: <c>SystemAssigned, UserAssigned</c>, with a space or not.</summary>
    private static bool Has(ImmutableArray<string> words, string text) =>
        words.Any(w => Plain(w) == Plain(text));

    private static string Plain(string text) => text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>
    /// Names a word only where letters were swapped: the nearest one to TLS1_4 would be TLS1_0, the worst of all.
    /// </summary>
    private static string Advice(string text, ImmutableArray<string> words)
    {
        const int few = 12;
        string? near = words.FirstOrDefault(w => w.Length == text.Length
            && w.Order().SequenceEqual(text.Order()));
        return near is not null ? $"Did you mean {near}?"
            : $"Use one of {string.Join(", ", words.Take(few))}{(words.Length > few ? ", …" : "")}.";
    }
}
