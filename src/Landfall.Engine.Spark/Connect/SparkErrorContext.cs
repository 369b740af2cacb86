namespace Landfall.Engine.Spark.Connect;

/// <summary>The place in a statement that an error is about.</summary>
/// <param name="Start">First character, from 0.</param>
/// <param name="Stop">Last character, from 0.</param>
/// <param name="Fragment">The text from first to last.</param>
public sealed record SparkErrorContext(int Start, int Stop, string Fragment);
