using System.Runtime.CompilerServices;
using Landfall.Testing;

namespace Landfall.Sql.Tests;

/// <summary>As <see cref="SparkFactAttribute"/>, with data.</summary>
public sealed class SparkTheoryAttribute : TheoryAttribute
{
    public SparkTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = SharedSparkServer.Missing;
}
