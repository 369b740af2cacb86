namespace Landfall.Engine.Spark;

/// <summary>The diagnostic codes of the engine; those of its client stand beside the client.</summary>
internal static class SparkEngineCodes
{
    /// <summary>Spark does not see the lake where Landfall has it.</summary>
    public const string Place = "LF4345";

    /// <summary>A query failed on a value, with its place in the model.</summary>
    public const string Query = "LF4346";
}
