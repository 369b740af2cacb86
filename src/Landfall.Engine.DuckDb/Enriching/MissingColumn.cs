using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Estate;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>The failure of a batch whose source lacks a required column.</summary>
internal static class MissingColumn
{
    /// <summary>Makes the exception.</summary>
    /// <param name="payload">What was derived.</param>
    /// <param name="where">The file that lacks the column, or a phrase for all of them.</param>
    /// <param name="column">The column.</param>
    public static LandfallException In(EnrichRequest payload, string where, EnrichColumn column) => new(
        IngestCodes.MissingColumn,
        $"{payload.Table} requires the column {column.Name}, but {where} has "
        + $"{(where.StartsWith("no ", StringComparison.Ordinal) ? "the" : "no")} field {column.SourceName}. "
        + "Nothing was committed; the files stay in raw. Have the source send the column, name it under rename: in "
        + "integration.yaml, or make it not required in the contract; then run again.");
}
