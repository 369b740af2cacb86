using System.Collections.Immutable;

namespace Landfall.Engine.Spark.Connect;

/// <summary>A small result.</summary>
/// <param name="Columns">Names in order; a name may stand twice.</param>
/// <param name="Rows">
/// Cells by column: null, bool, int (also of bytes and shorts), long, double (also of floats), string (of decimals the
/// exact digits with their scale), <see cref="DateOnly"/>, <see cref="DateTimeOffset"/> in UTC (microseconds; also of
/// timestamps without zone) or bytes.
/// </param>
public sealed record SparkRows(ImmutableArray<string> Columns, ImmutableArray<object?[]> Rows);
