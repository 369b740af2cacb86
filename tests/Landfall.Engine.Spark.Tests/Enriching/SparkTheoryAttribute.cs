using System.Runtime.CompilerServices;
using Landfall.Testing;

namespace Landfall.Engine.Spark.Tests.Enriching;

/// <summary>A test with data that asks a Spark; skipped where there is none.</summary>
public sealed class SparkTheoryAttribute : TheoryAttribute
{
    public SparkTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = SharedSparkServer.Missing;
}
