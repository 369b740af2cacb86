using System.Text.RegularExpressions;

namespace Landfall.Estate.Names;

/// <summary>The rules of names.</summary>
public static partial class EstateNames
{
    /// <summary>Suffix of quarantine tables; no contract table may end in it.</summary>
    public const string QuarantineSuffix = "__quarantine";

    /// <summary>Whether a text is an id: <c>[a-z][a-z0-9]*(-[a-z0-9]+)*</c>, at most 40 characters.</summary>
    public static bool IsId(string text) => text.Length <= EstateLimits.IdLength && IdPattern().IsMatch(text);

    /// <summary>Whether a text is a table name: <c>[a-z][a-z0-9_]*</c>, at most 63 characters.</summary>
    public static bool IsTableName(string text) =>
        text.Length <= EstateLimits.NameLength && TablePattern().IsMatch(text);

    /// <summary>Whether a text is a column name: <c>[A-Za-z][A-Za-z0-9_]*</c>, at most 63 characters.</summary>
    public static bool IsColumnName(string text) =>
        text.Length <= EstateLimits.NameLength && ColumnPattern().IsMatch(text);

    /// <summary>
    /// An id or name that follows the rules and resembles the text, for hints; null when nothing is left.
    /// </summary>
    public static string? Suggest(string text, char separator)
    {
        string folded = NotAllowed().Replace(text.ToLowerInvariant(), separator.ToString()).Trim(separator);
        folded = folded.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', separator);
        int longest = separator == '-' ? EstateLimits.IdLength : EstateLimits.NameLength;
        folded = folded[..Math.Min(folded.Length, longest)].TrimEnd(separator);
        return folded.Length > 0 ? folded : null;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\A[a-z][a-z0-9_]*\z")]
    private static partial Regex TablePattern();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_]*\z")]
    private static partial Regex ColumnPattern();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotAllowed();
}
