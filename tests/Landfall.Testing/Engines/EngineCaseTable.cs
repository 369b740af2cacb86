using System.Collections.Immutable;

namespace Landfall.Testing.Engines;

/// <summary>A table of a case.</summary>
/// <param name="Name">Its SQL name.</param>
/// <param name="Columns">Its columns, for example <c>id int</c>.</param>
/// <param name="Files">A select of DuckDB's for each of its files; a file may lack columns.</param>
public sealed record EngineCaseTable(string Name, ImmutableArray<string> Columns, ImmutableArray<string> Files)
{
    /// <summary>The expression of an incremental input; null for others.</summary>
    public string? Expression { get; init; }

    /// <summary>How many of <see cref="Files"/>, the last ones, came since the last build.</summary>
    public int Added { get; init; }

    /// <summary>Files that went since the last build.</summary>
    public ImmutableArray<string> Removed { get; init; } = [];
}
