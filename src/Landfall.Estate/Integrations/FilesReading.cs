using System.Collections.Immutable;

namespace Landfall.Estate.Integrations;

/// <summary>How a table is read of files.</summary>
public sealed record FilesReading : TableReading
{
    /// <summary>The pattern below the location (<c>**</c>, <c>*</c>, <c>?</c>).</summary>
    public required string Files { get; init; }

    /// <summary>Their format.</summary>
    public required FileFormat Format { get; init; }

    /// <summary>What happens when a landed path has new content.</summary>
    public required RewritePolicy OnRewrite { get; init; }

    /// <summary>
    /// Whether the source time is the first ISO date in the file's name instead of its modification time.
    /// </summary>
    public bool SourceTimeFromName { get; init; }

    /// <inheritdoc/>
    public override FileFormat Landed => Format;

    /// <inheritdoc/>
    public override RepeatedRows Repeats =>
        OnRewrite == RewritePolicy.Replace ? RepeatedRows.OfTheSameFile : RepeatedRows.None;

    /// <inheritdoc/>
    public override ImmutableArray<string> ValueRules => [Format.ToString(), Delimiter.ToString(), NullText];
}
