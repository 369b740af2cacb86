using System.Runtime.CompilerServices;
using Landfall.Testing;

namespace Landfall.Cli.Tests.Spark;

/// <summary>A test that asks a Spark; skipped where there is none.</summary>
public sealed class SparkFactAttribute : FactAttribute
{
    public SparkFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = SharedSparkServer.Missing;
}
