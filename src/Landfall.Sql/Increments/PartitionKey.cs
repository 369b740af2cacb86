using System.Globalization;
using System.Text.RegularExpressions;
using Landfall.Sql.Macros;

namespace Landfall.Sql.Increments;

/// <summary>
/// Texts of expressions with their columns resolved, which are equal where the expressions say the same. Each node
/// stands between two marks that occur nowhere else, so that one expression can be found inside another.
/// </summary>
internal static partial class PartitionKey
{
    private const char Begin = '\u0001';
    private const char End = '\u0002';
    private const string Coalesce = "OPERATOR_COALESCE";
    private const string MonthHead = $"FUNCTION|{MacroExpander.SyntaxPrefix}month|";

    /// <summary>The text of a column: of a source by its number, or of a relation's own.</summary>
    public static string Column(int source, int position) => string.Create(
        CultureInfo.InvariantCulture, $"{Begin}c{source}.{position}{End}");

    /// <summary>The text of an expression of the syntax tree over the texts of what stands below it.</summary>
    public static string Node(string type, string name, string dataType, string value, IEnumerable<string> below) =>
        Node($"{type}|{name.ToLowerInvariant()}|{dataType}|{value}", below);

    /// <summary>
    /// An expression and those that put rows into the same parts: cast to the column's type, and of a text without the
    /// empty one, which counts as null.
    /// </summary>
    /// <param name="key">The expression.</param>
    /// <param name="columnType">The incremental column's type as DuckDB names it.</param>
    public static IEnumerable<string> SameParts(string key, string columnType)
    {
        yield return key;
        yield return Node("OPERATOR_CAST", "", columnType, "", [key]);
        if (columnType == "VARCHAR")
        {
            yield return Node("FUNCTION", "nullif", "", "", [key, Node("VALUE_CONSTANT", "", columnType, "", [])]);
        }
    }

    /// <summary>The text of <c>coalesce</c>; one inside another is the same as one with all operands.</summary>
    public static string FirstKnown(params IEnumerable<string> operands)
    {
        string head = Node(Coalesce, [])[..^1];
        return Node(Coalesce, operands.Select(o =>
            o.StartsWith(head, StringComparison.Ordinal) ? o[head.Length..^1] : o));
    }

    /// <summary>The same text over the columns of a source instead of those of another.</summary>
    public static string Move(string key, int from, int to) => key.Replace(
        string.Create(CultureInfo.InvariantCulture, $"{Begin}c{from}."),
        string.Create(CultureInfo.InvariantCulture, $"{Begin}c{to}."),
        StringComparison.Ordinal);

    /// <summary>Whether a text has a column of one of these sources.</summary>
    public static bool Mentions(string key, IReadOnlySet<int> sources) =>
        ColumnText().Matches(key)
            .Any(m => sources.Contains(int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)));

    /// <summary>
    /// The text with the expressions of a list replaced by columns of a relation; null where a column of these sources
    /// is left over: then the list does not decide its value.
    /// </summary>
    /// <param name="key">The text.</param>
    /// <param name="expressions">The expressions; null for one that cannot be followed.</param>
    /// <param name="sources">The sources that the list stands over.</param>
    /// <param name="relation">The number of the relation whose columns they become.</param>
    public static string? Over(
        string key, IEnumerable<string?> expressions, IReadOnlySet<int> sources, int relation)
    {
        IEnumerable<(string Text, int Position)> known = expressions
            .Select((text, position) => (Text: text ?? "", Position: position))
            .Where(e => e.Text.Length > 0)
            .OrderByDescending(e => e.Text.Length).ThenBy(e => e.Position);
        foreach ((string text, int position) in known)
        {
            key = key.Replace(text, Column(relation, position), StringComparison.Ordinal);
        }

        return Mentions(key, sources) ? null : key;
    }

    /// <summary>
    /// Whether a text is null where its columns are: those of an outer join's missing side give it no value.
    /// </summary>
    public static bool IsNullOfNulls(string key) => Heads().Matches(key).All(m =>
        m.Value is "VALUE_CONSTANT|" or "OPERATOR_CAST|" or "FUNCTION|date_trunc|" || m.Value == MonthHead);

    private static string Node(string what, IEnumerable<string> below) =>
        $"{Begin}{what.Length}:{Escape(what)}{string.Concat(below)}{End}";

    private static string Escape(string what) => what.Replace(Begin, ' ').Replace(End, ' ');

    [GeneratedRegex("(?<=\u0001[0-9]+:)(FUNCTION\\|[a-z_0-9]+\\||[A-Z_]+\\|)")]
    private static partial Regex Heads();

    [GeneratedRegex("\u0001c(-?[0-9]+)\\.")]
    private static partial Regex ColumnText();
}
