using System.Runtime.CompilerServices;
using Landfall.Engine.DuckDb.Tests.Storage;
using Landfall.Testing;

namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>A test that asks delta-rs and Spark of the folder <c>shared</c>; skipped without them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class JudgesTheoryAttribute : TheoryAttribute
{
    public JudgesTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) =>
        Skip = SharedSpark.Missing ?? new SharedFactAttribute(DeltaRsJudge.Program).Skip;
}
