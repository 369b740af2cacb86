using System.Text.RegularExpressions;

namespace Landfall.Estate.Names;

/// <summary>A relation of a database, its parts exactly as the database has them: capitals are capitals.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
public sealed partial record RelationName(string Schema, string Name)
{
    /// <summary>How it is written.</summary>
    public const string Shape =
        "schema.table in the database's capitals and small letters; a part with dots or quotation marks stands in "
        + "quotation marks as in SQL: '\"a.b\".\"c \"\"d\"\"\"'";

    /// <summary>Reads <c>schema.table</c>; null where the text is none.</summary>
    public static RelationName? Parse(string text) =>
        Pattern().Match(text) is { Success: true } match
            ? new(PartOf(match.Groups[1].Value), PartOf(match.Groups[2].Value))
            : null;

    /// <summary>
    /// The texts that can be read. Only a dot or quotation mark makes a part need quotation marks, as its end could not
    /// be told; blanks inside of it do not.
    /// </summary>
    [GeneratedRegex(
        @"\A([^.\s""](?:[^.""\p{Cc}]{0,61}[^.\s""])?|""(?:[^""\p{Cc}]|""""){1,63}"")"
            + @"\.([^.\s""](?:[^.""\p{Cc}]{0,61}[^.\s""])?|""(?:[^""\p{Cc}]|""""){1,63}"")\z",
        RegexOptions.NonBacktracking)]
    public static partial Regex Pattern();

    private static string PartOf(string text) =>
        text[0] == '"' ? text[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : text;
}
