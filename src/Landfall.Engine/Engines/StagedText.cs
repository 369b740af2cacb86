using System.Collections.Immutable;

namespace Landfall.Engine.Engines;

/// <summary>
/// A CSV file of texts: comma, every value in double quotes, null as an unquoted <c>\N</c>, lines end in LF, no header.
/// </summary>
/// <param name="File">Its absolute path.</param>
/// <param name="Columns">Its columns.</param>
public sealed record StagedText(string File, ImmutableArray<StagedColumn> Columns);
