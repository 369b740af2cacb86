using System.Collections.Immutable;
using System.Globalization;
using Landfall.Engine.Engines;
using Landfall.Engine.Formats.Compression;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Names;

namespace Landfall.Engine.Ingest;

/// <summary>The failures of deriving a table from landed files, the same of every engine.</summary>
public static class EnrichRefusals
{
    /// <summary>LF4261: a file in raw is not whole.</summary>
    public static LandfallException Damaged(EnrichFile file, DamagedFileException damage) => new(
        IngestCodes.Damaged,
        $"The file {file.Path} in raw is not whole: {damage.Message}. Nothing of its batch was committed; "
        + "the table is as it was. Restore the file from a backup.");

    /// <summary>LF4269: a file that cannot be read as its format, and ends the work.</summary>
    /// <param name="request">What was derived.</param>
    /// <param name="source">The file's source.</param>
    /// <param name="problem">What is wrong with it, a clause.</param>
    public static LandfallException Unreadable(EnrichRequest request, string source, string problem) => new(
        IngestCodes.Unreadable,
        $"{request.Table}: the file {source} cannot be read: {problem}. Nothing was committed; "
        + "the file stays in raw, and the table is as it was. Have the source send it again, or write "
        + "onBadFile: quarantine in integration.yaml, then run again.");

    /// <summary>LF4280: rows repeat a key, and the integration refuses them.</summary>
    public static LandfallException Duplicates(EnrichRequest request, ContractKey key, long rows) => new(
        IngestCodes.Duplicates,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Table}: {rows} rows repeat the {key}, and the table says onDuplicate: fail. Nothing was ")
        + "committed; what was read stays in raw, and the table is as it was. Have the source send each key once, or "
        + "write onDuplicate: quarantine in integration.yaml, then run again.");

    /// <summary>LF4279: known values of a column would become null.</summary>
    /// <param name="request">What was derived.</param>
    /// <param name="batch">The batch that lacks the column.</param>
    /// <param name="column">The column.</param>
    /// <param name="unknown">Source columns that the contract does not have.</param>
    public static LandfallException DroppedColumn(
        EnrichRequest request, long batch, EnrichColumn column, ImmutableArray<string> unknown)
    {
        string near = Spelling.Closest(column.SourceName, unknown) is { } other ? $" (is {other} meant?)" : "";
        return new(
            IngestCodes.DroppedColumn,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{request.Table}: batch {batch} does not have the column {column.SourceName} any more{near}, and ")
            + $"known values of {column.Name} would become null. Nothing was committed; the batch stays in raw, and "
            + "the table is as it was. Have the source send the column again, name it under rename: in "
            + "integration.yaml where it is called otherwise, or accept that it is gone: landfall contract accept "
            + $"{request.Table}.{column.Name}");
    }

    /// <summary>LF4264: a batch whose source lacks a required column.</summary>
    /// <param name="request">What was derived.</param>
    /// <param name="where">The file that lacks the column, or a phrase for all of them.</param>
    /// <param name="column">The column.</param>
    /// <param name="names">Names that are there.</param>
    /// <param name="isHeader">Whether they are a line of text.</param>
    public static LandfallException MissingColumn(
        EnrichRequest request, string where, EnrichColumn column, ImmutableArray<string> names,
        bool isHeader = false) => new(
        IngestCodes.MissingColumn,
        $"{request.Table} requires the column {column.Name}, but {where} has "
        + $"{(where.StartsWith("no ", StringComparison.Ordinal) ? "the" : "no")} field {column.SourceName}. "
        + "Nothing was committed; the files stay in raw. " + Remedy(request, column, names, isHeader)
        + "Then run again.");

    /// <summary>LF4267: a timestamp whose source has no offset, of a table without a zone.</summary>
    /// <param name="request">What was derived.</param>
    /// <param name="source">The file's source.</param>
    /// <param name="column">The column.</param>
    public static LandfallException NoTimeZone(EnrichRequest request, string source, EnrichColumn column) => new(
        IngestCodes.NoTimeZone,
        $"{request.Table} has the timestamp {column.Name}, but {column.SourceName} of {source} has no offset. Nothing "
        + "was committed; the data stays in raw. Name its zone under sourceTimeZone: in integration.yaml, then run "
        + "again.");

    private static string Remedy(
        EnrichRequest request, EnrichColumn column, ImmutableArray<string> names, bool isHeader)
    {
        string? near = names.FirstOrDefault(n => n.Equals(column.SourceName, StringComparison.OrdinalIgnoreCase))
            ?? Spelling.Closest(column.SourceName, names);
        return near is not null
            ? $"If {near} is meant, of which upper and lower case count too, write rename: {{ {column.Name}: {near} }} "
              + "in integration.yaml. "
            : isHeader && !request.Columns.Any(c => names.Contains(c.SourceName))
                ? "Its first line is taken for the header and has no column of the contract: have the source send the "
                  + "header first, with nothing before it. "
                : "Have the source send the column, name it under rename: in integration.yaml, or make it not required "
                  + "in the contract. ";
    }
}
