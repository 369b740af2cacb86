namespace Landfall.Sql;

/// <summary>Texts as SQL literals.</summary>
public static class SqlText
{
    /// <summary>
    /// The literal of a text for engines that give a backslash no meaning: DuckDB and PostgreSQL, <c>'it''s'</c>.
    /// </summary>
    public static string Literal(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>
    /// An expression that is the text of a day for Spark as DuckDB writes it: Spark's own has a sign before years of
    /// five digits, and counts years before the first differently.
    /// </summary>
    /// <param name="day">An expression of type date.</param>
    public static string SparkDay(string day) => $"if({day} < date'0001-01-01', "
        + $"concat(format_string('%04d', 1 - year({day})), date_format({day}, '-MM-dd'), ' (BC)'), "
        + $"regexp_replace(cast({day} as string), '^[+]', ''))";

    /// <summary>The literal of one in the last of some decimals: <c>1</c> of none, <c>0.01</c> of two.</summary>
    public static string Unit(int decimals) => decimals == 0 ? "1" : "0." + new string('0', decimals - 1) + "1";

    /// <summary>
    /// An expression that is a text for Spark, whatever it makes of backslashes, doubled quotes and variables in
    /// literals: <c>('it' || char(39) || 's')</c>.
    /// </summary>
    public static string Spark(string value)
    {
        // ${ begins a variable.
        string spelt = value
            .Replace("'", "' || char(39) || '", StringComparison.Ordinal)
            .Replace("\\", "' || char(92) || '", StringComparison.Ordinal)
            .Replace("${", "$' || '{", StringComparison.Ordinal);
        return spelt.Length == value.Length ? $"'{value}'" : $"('{spelt}')";
    }
}
