namespace Landfall.Engine.Spark.Connect;

/// <summary>How far a statement is, over the stages that have begun.</summary>
/// <param name="InputBytes">Bytes read so far.</param>
/// <param name="TasksDone">Tasks that ended.</param>
/// <param name="Tasks">Tasks there are; grows as stages begin.</param>
public sealed record SparkProgress(long InputBytes, int TasksDone, int Tasks);
