using System.Text.RegularExpressions;

namespace Landfall.Azure.Checking;

/// <summary>Tells secrets by their looks.</summary>
internal static partial class SecretText
{
    private const int Shortest = 12;

    /// <summary>What kind of secret a text holds; null where it holds none.</summary>
    public static string? In(string text) => text.Length < Shortest ? null
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
