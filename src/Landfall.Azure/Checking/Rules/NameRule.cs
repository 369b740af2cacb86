using System.Text.RegularExpressions;
using Azure.Bicep.Types.Concrete;
using Landfall.Azure.Checking.Tables;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking.Rules;

/// <summary>Names have the length and the characters that Azure accepts, by a table and by the types.</summary>
internal sealed class NameRule : ICheckRule
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public IEnumerable<Finding> Check(CheckScope scope) => scope.Resources
        .Where(r => !JsonText.IsExpression(r.Resource.Name))
        .Select(r => (Resource: r, Wanted: Wanted(scope, r.Resource)))
        .Where(r => r.Wanted is not null)
        .Select(r => scope.At(
            r.Resource,
            "name",
            CheckCodes.InvalidName,
            FindingSeverity.Error,
            $"{r.Resource.Resource.Type} cannot be called {r.Resource.Resource.OwnName}, "
            + $"{r.Resource.Resource.OwnName.Length} characters long.",
            $"A name is {r.Wanted}."));

    /// <summary>What a name should be; null where it is so.</summary>
    private static string? Wanted(CheckScope scope, SnapshotResource resource)
    {
        if (NameTable.Formats.TryGetValue(resource.Type, out NameFormat? format))
        {
            return format.Allows(resource.OwnName) ? null : format.Words;
        }

        return CheckScope.Types.Body(resource.Type, resource.ApiVersion) is ObjectType type
            && type.Properties.TryGetValue("name", out ObjectTypeProperty? name)
            && name.Type.Type is StringType text
                ? Wanted(resource.OwnName, text)
                : null;
    }

    private static string? Wanted(string name, StringType type)
    {
        if (name.Length < type.MinLength || name.Length > type.MaxLength)
        {
            return $"{type.MinLength ?? 1} to {type.MaxLength?.ToString() ?? "any number of"} characters";
        }

        return type.Pattern is null || Matches(name, type.Pattern) ? null : $"a match of {type.Pattern}";
    }

    /// <summary>A pattern of another dialect of regular expressions refuses nothing.</summary>
    private static bool Matches(string name, string pattern)
    {
        try
        {
            return Regex.IsMatch(name, pattern, RegexOptions.CultureInvariant, Patience);
        }
        catch (Exception failure) when (failure is ArgumentException or RegexMatchTimeoutException)
        {
            return true;
        }
    }
}
