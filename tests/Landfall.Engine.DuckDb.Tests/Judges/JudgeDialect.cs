namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>Whose SQL an expression is for.</summary>
public enum JudgeDialect
{
    /// <summary>Ours.</summary>
    DuckDb,

    /// <summary>Apache Spark.</summary>
    Spark,

    /// <summary>DataFusion, in delta-rs.</summary>
    DataFusion,
}
