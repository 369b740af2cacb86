using System.Text.RegularExpressions;
using Landfall.Estate.Yaml;

namespace Landfall.Estate.Manifests;

/// <summary>References to secrets: <c>${secret:NAME}</c>.</summary>
internal static partial class Secrets
{
    /// <summary>The names a text refers to, in order.</summary>
    public static IEnumerable<string> NamesIn(string text) =>
        ReferencePattern().Matches(text).Select(m => m.Groups[1].Value);

    /// <summary>Whether a text is one reference and nothing else.</summary>
    public static bool IsReference(string text) =>
        ReferencePattern().Match(text) is { Success: true } match && match.Length == text.Length;

    /// <summary>Whether a list's entry is the name of a secret; reports it otherwise.</summary>
    public static bool CheckName(Section section, YamlScalar scalar) =>
        NamePattern().IsMatch(scalar.Text)
        || section.Wrong(
            scalar, "secrets", "the name alone, in capitals, digits and '_': BILLING_DB_PASSWORD", neutral: false);

    /// <summary>Reports <c>${…}</c> that is no reference to a secret.</summary>
    public static void CheckReferences(Section section, string key)
    {
        if (section.Scalar(key, required: false) is { } scalar
            && scalar.Text.Contains("${", StringComparison.Ordinal)
            && ReferencePattern().Replace(scalar.Text, "").Contains("${", StringComparison.Ordinal))
        {
            section.Context.Diagnostics.Error(
                "LF1025", scalar.Location, $"'{key}' holds a malformed reference to a secret.",
                "Write ${secret:NAME}, the name in capitals, digits and '_'.");
        }
    }

    [GeneratedRegex(@"\$\{secret:([A-Z][A-Z0-9_]{0,62})\}", RegexOptions.NonBacktracking)]
    private static partial Regex ReferencePattern();

    [GeneratedRegex(@"\A[A-Z][A-Z0-9_]{0,62}\z", RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();
}
