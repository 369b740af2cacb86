using System.Text.Json;
using System.Text.RegularExpressions;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking;

/// <summary>Tells secrets by their looks.</summary>
internal static partial class SecretText
{
    private const int Shortest = 12;

    /// <summary>The places of secrets below an element, each with what it is.</summary>
    public static IEnumerable<(string Path, string What)> PlacesIn(JsonElement element, string path = "")
    {
        JsonText[] texts = [.. JsonText.Of(element, path)];

        // How data factories write a secret; the types do not say that it is one.
        HashSet<string> secure =
        [
            .. texts.Where(t => t.Value == "SecureString" && t.Path.EndsWith(".type", StringComparison.Ordinal))
                .Select(t => t.Path[..^"type".Length] + "value"),
        ];
        return texts
            .Select(t => (t.Path, What: !t.IsUnknown && secure.Contains(t.Path) ? "A secure string" : In(t.Value)!))
            .Where(t => t.What is not null);
    }

    /// <summary>What kind of secret a text holds; null where it holds none.</summary>
    private static string? In(string text) => text.Length < Shortest ? null
        : Key().IsMatch(text) ? "A key of an account"
        : Password().IsMatch(text) ? "A password"
        : Signature().IsMatch(text) ? "A signature that gives access"
        : text.Contains("PRIVATE KEY-----", StringComparison.Ordinal) ? "A private key"
        : Token().IsMatch(text) ? "A token"
        : null;

    [GeneratedRegex(
        @"\b(AccountKey|SharedAccessKey)\s*=\s*[A-Za-z0-9+/]{16,}={0,2}", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"\b(password|pwd)\s*=\s*[^\s;'""{}\[\]<>@$(]{3,}", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Password();

    [GeneratedRegex(@"[?&]sig=[A-Za-z0-9%+/]{20,}", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Signature();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*", RegexOptions.None, 1000)]
    private static partial Regex Token();
}
