using System.Collections.Immutable;

namespace Landfall.Engine.Engines;

/// <summary>What a worker built.</summary>
public sealed record BuildResult
{
    /// <summary>Data files written, on disk and durable.</summary>
    public required ImmutableArray<DataFile> Files { get; init; }

    /// <summary>Rows in them.</summary>
    public required long Rows { get; init; }

    /// <summary>For a build by parts: the values built anew, as text of the log; null is one of them.</summary>
    public required ImmutableArray<string?> Values { get; init; }

    /// <summary>What the quality rules found.</summary>
    public required ImmutableArray<QualityResult> Quality { get; init; }

    /// <summary>What is to be said though nothing failed: a code and a sentence each.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    /// <summary>Whether the files are all there is to be, though the table's rows are otherwise kept.</summary>
    public bool Replaces { get; init; }

    /// <summary>Required columns in which a null was found.</summary>
    public required ImmutableArray<string> NullColumns { get; init; }
}
