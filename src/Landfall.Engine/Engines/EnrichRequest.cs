using System.Collections.Immutable;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.Engines;

/// <summary>What an engine needs to derive a table from landed files.</summary>
public sealed record EnrichRequest
{
    /// <summary>The table's SQL name, for messages.</summary>
    public required string Table { get; init; }

    /// <summary>Delta schema of the table, system columns last.</summary>
    public required string Schema { get; init; }

    /// <summary>The contract's columns in order.</summary>
    public required ImmutableArray<EnrichColumn> Columns { get; init; }

    /// <summary>Delta schema of the quarantine table.</summary>
    public required string QuarantineSchema { get; init; }

    /// <summary>Absolute folder of the table.</summary>
    public required string TableFolder { get; init; }

    /// <summary>Absolute folder of the quarantine table.</summary>
    public required string QuarantineFolder { get; init; }

    /// <summary>Name of the folder of new data files in both.</summary>
    public required string StepId { get; init; }

    /// <summary>Files to read.</summary>
    public required ImmutableArray<EnrichFile> Files { get; init; }

    /// <summary>
    /// Content that paths of these had before, the newest first, which counts where the newer cannot be read.
    /// </summary>
    public required ImmutableArray<EnrichFile> Superseded { get; init; }

    /// <summary>CSV: the delimiter.</summary>
    public required char Delimiter { get; init; }

    /// <summary>CSV: the unquoted text for null.</summary>
    public required string NullText { get; init; }

    /// <summary>IANA zone of timestamps without offset; empty refuses them.</summary>
    public required string TimeZone { get; init; }

    /// <summary>What becomes of the rows.</summary>
    public required EnrichMode Mode { get; init; }

    /// <summary>Upsert: columns of the key.</summary>
    public required ImmutableArray<string> Key { get; init; }

    /// <summary>Upsert and difference: the column that grows; empty for none.</summary>
    public required string Cursor { get; init; }

    /// <summary>Data files of the table that may hold rows to replace, relative to its folder.</summary>
    public required ImmutableArray<string> Existing { get; init; }

    /// <summary>
    /// All data files of the table that stands, relative to its folder: the rows that keys and dropped columns are held
    /// against. Empty where the table is derived anew.
    /// </summary>
    public required ImmutableArray<string> Known { get; init; }

    /// <summary>Keys that no two rows may share; none for upsert, whose result is checked as a whole.</summary>
    public required ImmutableArray<ContractKey> Keys { get; init; }

    /// <summary>Whether a repeated key ends the work; otherwise the rows after the first are quarantined.</summary>
    public required bool RefusesDuplicates { get; init; }

    /// <summary>
    /// Whether a file that cannot be read as its format is left out and named; otherwise it ends the work.
    /// </summary>
    public required bool SkipsBadFiles { get; init; }

    /// <summary>Append: sources whose old rows go.</summary>
    public required ImmutableArray<string> ReplacedSources { get; init; }

    /// <summary>Data files of the quarantine that may hold rows of such sources, relative to its folder.</summary>
    public required ImmutableArray<string> QuarantineExisting { get; init; }

    /// <summary>Share of a batch's rows, 0 to 1, that may break the contract.</summary>
    public required double Threshold { get; init; }

    /// <summary>Bad rows by batch that its owner has accepted, whatever their share.</summary>
    public required ImmutableSortedDictionary<long, long> Accepted { get; init; }

    /// <summary>When rows are quarantined, microseconds since 1970-01-01 UTC.</summary>
    public required long Now { get; init; }
}
