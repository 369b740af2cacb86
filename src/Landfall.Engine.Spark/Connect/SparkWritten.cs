using System.Collections.Immutable;

namespace Landfall.Engine.Spark.Connect;

/// <summary>What a write brought.</summary>
/// <param name="Metrics">What <see cref="SparkWrite.Metrics"/> came to, typed like cells of rows.</param>
public sealed record SparkWritten(ImmutableSortedDictionary<string, object?> Metrics);
