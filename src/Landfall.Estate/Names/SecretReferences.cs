using System.Text.RegularExpressions;

namespace Landfall.Estate.Names;

/// <summary>References to secrets in texts: <c>${secret:NAME}</c>.</summary>
public static partial class SecretReferences
{
    /// <summary>The names a text refers to, in order.</summary>
    public static IEnumerable<string> NamesIn(string text) =>
        Pattern().Matches(text).Select(m => m.Groups[1].Value);

    /// <summary>Whether a text refers to a secret.</summary>
    public static bool IsIn(string text) => Pattern().IsMatch(text);

    /// <summary>Whether a text is one reference and nothing else.</summary>
    public static bool IsWhole(string text) =>
        Pattern().Match(text) is { Success: true } match && match.Length == text.Length;

    /// <summary>A text without its references.</summary>
    public static string Without(string text) => Pattern().Replace(text, "");

    /// <summary>
    /// A text with the values of its secrets, which are not read for references again; null where one is not there.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="values">Values by name.</param>
    public static string? Expand(string text, IReadOnlyDictionary<string, string> values) =>
        NamesIn(text).All(values.ContainsKey) ? Pattern().Replace(text, m => values[m.Groups[1].Value]) : null;

    [GeneratedRegex(@"\$\{secret:([A-Z][A-Z0-9_]{0,62})\}")]
    private static partial Regex Pattern();
}
