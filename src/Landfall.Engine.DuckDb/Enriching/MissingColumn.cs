using System.Collections.Immutable;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Estate;
using Landfall.Estate.Names;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>The failure of a batch whose source lacks a required column.</summary>
internal static class MissingColumn
{
    /// <summary>Makes the exception.</summary>
    /// <param name="payload">What was derived.</param>
    /// <param name="where">The file that lacks the column, or a phrase for all of them.</param>
    /// <param name="column">The column.</param>
    /// <param name="names">Names that are there.</param>
    /// <param name="isHeader">Whether they are a line of text.</param>
    public static LandfallException In(
        EnrichRequest payload, string where, EnrichColumn column, ImmutableArray<string> names,
        bool isHeader = false) => new(
        IngestCodes.MissingColumn,
        $"{payload.Table} requires the column {column.Name}, but {where} has "
        + $"{(where.StartsWith("no ", StringComparison.Ordinal) ? "the" : "no")} field {column.SourceName}. "
        + "Nothing was committed; the files stay in raw. " + Remedy(payload, column, names, isHeader)
        + "Then run again.");

    private static string Remedy(
        EnrichRequest payload, EnrichColumn column, ImmutableArray<string> names, bool isHeader)
    {
        string? near = names.FirstOrDefault(n => n.Equals(column.SourceName, StringComparison.OrdinalIgnoreCase))
            ?? Spelling.Closest(column.SourceName, names);
        return near is not null
            ? $"If {near} is meant, of which upper and lower case count too, write rename: {{ {column.Name}: {near} }} "
              + "in integration.yaml. "
            : isHeader && !payload.Columns.Any(c => names.Contains(c.SourceName))
                ? "Its first line is taken for the header and has no column of the contract: have the source send the "
                  + "header first, with nothing before it. "
                : "Have the source send the column, name it under rename: in integration.yaml, or make it not required "
                  + "in the contract. ";
    }
}
