using System.Collections.Immutable;

namespace Landfall.Estate.Integrations;

/// <summary>How a table is read of a source, as its kind has it: what the steps after landing need to know.</summary>
public abstract record TableReading
{
    /// <summary>
    /// The format of landed files; told by their names where it is <see cref="FileFormat.ByExtension"/>.
    /// </summary>
    public virtual FileFormat Landed => FileFormat.Parquet;

    /// <summary>CSV: the delimiter, one character.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>CSV: the unquoted text that stands for a missing value; the empty field always does.</summary>
    public string NullText { get; init; } = "";

    /// <summary>The contract's column that grows; empty for none.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>Which rows of a batch may be those of an earlier one.</summary>
    public abstract RepeatedRows Repeats { get; }

    /// <summary>
    /// What of it changes the values that landed files give: their format, delimiter and text for null. Part of what an
    /// enriched table records of itself, so that its texts are a promise.
    /// </summary>
    public virtual ImmutableArray<string> ValueRules =>
        [nameof(FileFormat.ByExtension), Delimiter.ToString(), NullText];
}
