using System.Text.Json;
using Landfall.Azure.Policies.Language;
using Landfall.Azure.Snapshots;
using Landfall.Estate.Names;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>A part of a policy's JSON, with its place. Names are found whatever their case.</summary>
/// <param name="Source">Where it was read.</param>
/// <param name="Path">Its path there.</param>
/// <param name="Element">The JSON; undefined where there is nothing.</param>
internal readonly record struct PolicyJson(PolicySource Source, string Path, JsonElement Element)
{
    /// <summary>Whether there is something.</summary>
    public bool IsThere => Element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>What a value has by a name.</summary>
    public PolicyJson At(string name) => new(
        Source, Path.Length == 0 ? name : $"{Path}.{name}", Element.At(name));

    /// <summary>The items of a list, after a report where it is none.</summary>
    public IEnumerable<PolicyJson> Items()
    {
        if (Element.ValueKind != JsonValueKind.Array)
        {
            if (IsThere)
            {
                Error(PolicyCodes.Shape, "A list belongs here.");
            }

            return [];
        }

        (PolicySource source, string path) = (Source, Path);
        return Element.EnumerateArray().Select((e, i) => new PolicyJson(source, $"{path}[{i}]", e)).ToArray();
    }

    /// <summary>The values of an object by name, after a report where it is none.</summary>
    public IEnumerable<KeyValuePair<string, PolicyJson>> Members()
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            if (IsThere)
            {
                Error(PolicyCodes.Shape, "An object belongs here.");
            }

            return [];
        }

        (PolicySource source, string path) = (Source, Path);
        return Element.EnumerateObject().Select(p => KeyValuePair.Create(
            p.Name, new PolicyJson(source, path.Length == 0 ? p.Name : $"{path}.{p.Name}", p.Value))).ToArray();
    }

    /// <summary>A text; null where it is none or empty.</summary>
    public string? Text() => Element.ValueKind == JsonValueKind.String && Element.GetString() is { Length: > 0 } text
        ? text
        : null;

    /// <summary>The texts of a list.</summary>
    public IEnumerable<string> Texts() => Items().Select(i => i.Text()).OfType<string>();

    /// <summary>What it says, with the expressions in it; null after a report where one is malformed.</summary>
    public PolicyExpression? Expression()
    {
        switch (Element.ValueKind)
        {
            case JsonValueKind.String:
                try
                {
                    return ExpressionParser.Parse(Element.GetString()!);
                }
                catch (ExpressionSyntaxException failure)
                {
                    Error(PolicyCodes.Expression, failure.Message, failure.Fix);
                    return null;
                }

            case JsonValueKind.Array:
                PolicyExpression?[] items = [.. Items().Select(i => i.Expression())];
                return items.Contains(null) ? null : Folded(new PolicyExpression.Items([.. items!]), items);
            case JsonValueKind.Object:
                KeyValuePair<string, PolicyExpression?>[] members =
                    [.. Members().Select(m => KeyValuePair.Create(m.Key, m.Value.Expression()))];
                return members.Any(m => m.Value is null)
                    ? null
                    : Folded(new PolicyExpression.Members([.. members!]), members.Select(m => m.Value));
            default:
                return new PolicyExpression.Literal(PolicyValue.From(Element, isEvaluated: false));
        }
    }

    /// <summary>A list or object of values as they are written is such a value itself.</summary>
    private static PolicyExpression Folded(PolicyExpression whole, IEnumerable<PolicyExpression?> parts) =>
        parts.All(p => p is PolicyExpression.Literal)
            ? new PolicyExpression.Literal(whole.Evaluate(NoFacts.Only))
            : whole;

    /// <summary>Reports that a key is missing.</summary>
    public void Missing(string name) => Error(PolicyCodes.Shape, $"{name} is missing.", $"Add {name}.");

    /// <summary>Reports a word that is none of those that are known.</summary>
    public void UnknownWord(string code, string word, string what, IEnumerable<string> known) =>
        Error(code, $"There is no {what} {word}.", Spelling.Hint(word, known));

    /// <summary>Reports an error here.</summary>
    public void Error(string code, string message, string? hint = null) =>
        Source.Diagnostics.Error(code, Source.Place(Path), message, hint);

    /// <summary>Reports a warning here.</summary>
    public void Warning(string code, string message, string? hint = null) =>
        Source.Diagnostics.Warning(code, Source.Place(Path), message, hint);
}
