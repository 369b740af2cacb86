namespace Landfall.DuckDb;

/// <summary>A column of a result or a field of a struct.</summary>
/// <param name="Name">Its name as the statement gives it.</param>
/// <param name="Type">Its type.</param>
public sealed record DuckDbColumn(string Name, DuckDbType Type);
