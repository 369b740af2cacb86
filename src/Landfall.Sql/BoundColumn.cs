namespace Landfall.Sql;

/// <summary>A column that a query puts out, as the engine sees it.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="EngineType">DuckDB's name of its type, for example <c>DECIMAL(38,2)</c>.</param>
public sealed record BoundColumn(string Name, string EngineType);
