using System.Collections.Immutable;

namespace Landfall.Estate.Integrations;

/// <summary>One table of an integration: what is read of the source and how the table follows it.</summary>
public sealed record IntegrationTable
{
    /// <summary>The table's name, as in the contract.</summary>
    public required string Name { get; init; }

    /// <summary>How the table follows its source.</summary>
    public required LoadMode Mode { get; init; }

    /// <summary>Files: the pattern below the location (<c>**</c>, <c>*</c>, <c>?</c>); empty for databases.</summary>
    public string Files { get; init; } = "";

    /// <summary>Files: their format.</summary>
    public FileFormat Format { get; init; }

    /// <summary>CSV: the delimiter, one character.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>CSV: the unquoted text that stands for a missing value; the empty field always does.</summary>
    public string NullText { get; init; } = "";

    /// <summary>Files: what happens when a landed path has new content.</summary>
    public RewritePolicy OnRewrite { get; init; } = RewritePolicy.Replace;

    /// <summary>
    /// Files: whether the source time is the first ISO date in the file's name instead of its modification time.
    /// </summary>
    public bool SourceTimeFromName { get; init; }

    /// <summary>PostgreSQL: <c>schema.table</c>; empty for files.</summary>
    public string Relation { get; init; } = "";

    /// <summary>PostgreSQL, append and upsert: the column that grows; empty reads everything each time.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>
    /// How far before the last cursor reading starts again: seconds for a timestamp or date, else units.
    /// </summary>
    public long CursorOverlap { get; init; }

    /// <summary>IANA zone of source timestamps without offset; empty refuses them.</summary>
    public string SourceTimeZone { get; init; } = "";

    /// <summary>Source column by contract column where the names differ.</summary>
    public ImmutableDictionary<string, string> Rename { get; init; } = ImmutableDictionary<string, string>.Empty;
}
