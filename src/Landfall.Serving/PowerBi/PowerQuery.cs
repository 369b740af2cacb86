using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Landfall.Serving.PowerBi;

/// <summary>Expressions of Power Query's language M.</summary>
internal static class PowerQuery
{
    /// <summary>A text; <c>#(</c> begins an escape, and line ends are written as ones.</summary>
    public static string Text(string text)
    {
        StringBuilder literal = new("\"");
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            _ = c == '"' ? literal.Append("\"\"")
                : c == '#' && i + 1 < text.Length && text[i + 1] == '(' ? literal.Append("#(#)")
                : char.IsControl(c) || c is '\u2028' or '\u2029'
                    ? literal.Append(CultureInfo.InvariantCulture, $"#({(int)c:x4})")
                : literal.Append(c);
        }

        return literal.Append('"').ToString();
    }

    /// <summary>A parameter that Power BI lets people change.</summary>
    public static string Parameter(string value) =>
        $"{Text(value)} meta [IsParameterQuery=true, Type=\"Text\", IsParameterQueryRequired=true]";

    /// <summary>
    /// The lines that read columns of a table. They are listed, so that no other one is asked for: what a user may not
    /// read and what the table gets later stay out.
    /// </summary>
    public static ImmutableArray<string> Table(
        string server, string database, string schema, string table, IEnumerable<string> columns) =>
    [
        "let",
        $"\tSource = PostgreSQL.Database({server}, {database}, [CreateNavigationProperties=false]),",
        $"\tData = Source{{[Schema={Text(schema)},Item={Text(table)}]}}[Data],",
        $"\tColumns = Table.SelectColumns(Data, {{{string.Join(", ", columns.Select(Text))}}})",
        "in",
        "\tColumns",
    ];
}
