using System.Collections.Immutable;

namespace Landfall.Engine.Engines;

/// <summary>
/// CSV of texts: comma, every value in double quotes, null as an unquoted <c>\N</c>, lines end in LF, no header.
/// </summary>
/// <param name="Files">
/// Absolute paths of its files, at least one; each begins and ends with a record, and is small enough to be read in
/// memory as long as its records are.
/// </param>
/// <param name="Columns">Its columns.</param>
/// <param name="LargestFile">Bytes of the largest file.</param>
public sealed record StagedText(
    ImmutableArray<string> Files, ImmutableArray<StagedColumn> Columns, long LargestFile);
