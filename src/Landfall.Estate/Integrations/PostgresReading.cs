namespace Landfall.Estate.Integrations;

/// <summary>
/// How a table is read of a PostgreSQL database: whole each time, or in append and upsert by the column that grows.
/// </summary>
public sealed record PostgresReading : TableReading
{
    /// <summary><c>schema.table</c>.</summary>
    public required string Relation { get; init; }

    /// <summary>
    /// How far before the last cursor reading starts again: seconds for a timestamp or date, else units.
    /// </summary>
    public long CursorOverlap { get; init; }

    /// <inheritdoc/>
    public override RepeatedRows Repeats => RepeatedRows.Any;
}
