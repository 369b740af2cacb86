using System.Text.RegularExpressions;
using Landfall.Estate.Names;
using Landfall.Estate.Yaml;

namespace Landfall.Estate.Reading;

/// <summary>Secrets in manifests: names, and references to them.</summary>
internal static partial class Secrets
{
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
            && SecretReferences.Without(scalar.Text).Contains("${", StringComparison.Ordinal))
        {
            section.Context.Diagnostics.Error(
                "LF1025", scalar.Location, $"'{key}' holds a malformed reference to a secret.",
                "Write ${secret:NAME}, the name in capitals, digits and '_'.");
        }
    }

    [GeneratedRegex(@"\A[A-Z][A-Z0-9_]{0,62}\z")]
    private static partial Regex NamePattern();
}
