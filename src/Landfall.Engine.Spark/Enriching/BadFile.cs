using Landfall.Engine.Engines;

namespace Landfall.Engine.Spark.Enriching;

/// <summary>A file that cannot be read as its format.</summary>
/// <param name="File">The file.</param>
/// <param name="Problem">What is wrong with it, a clause.</param>
internal sealed record BadFile(EnrichFile File, string Problem);
