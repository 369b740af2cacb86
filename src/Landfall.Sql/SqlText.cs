namespace Landfall.Sql;

/// <summary>Texts as SQL literals.</summary>
public static class SqlText
{
    /// <summary>
    /// The literal of a text for engines that give a backslash no meaning: DuckDB and PostgreSQL, <c>'it''s'</c>.
    /// </summary>
    public static string Literal(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
