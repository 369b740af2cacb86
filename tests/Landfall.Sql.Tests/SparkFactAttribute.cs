using System.Runtime.CompilerServices;
using Landfall.Testing;

namespace Landfall.Sql.Tests;

/// <summary>A test that asks the Spark of the <c>shared</c> folder beside the repository; skipped without it.</summary>
public sealed class SparkFactAttribute : FactAttribute
{
    public SparkFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = SharedSparkServer.Missing;
}
