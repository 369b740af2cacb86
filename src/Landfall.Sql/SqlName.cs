namespace Landfall.Sql;

/// <summary>Names between the quotes of each engine, so that no name is ever read as a keyword or as SQL.</summary>
public static class SqlName
{
    /// <summary>A name for DuckDB: <c>"name"</c>.</summary>
    public static string DuckDb(string name) => $"\"{name.Replace("\"", "\"\"")}\"";

    /// <summary>A name for Spark: the name between backticks.</summary>
    public static string Spark(string name) => $"`{name.Replace("`", "``")}`";

    /// <summary>A name for a dialect.</summary>
    public static string Quote(string name, SqlDialect dialect) =>
        dialect == SqlDialect.Spark ? Spark(name) : DuckDb(name);
}
