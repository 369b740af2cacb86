using System.Runtime.CompilerServices;

namespace Landfall.Serving.Tests.PowerBi;

/// <summary>A test that checks files by Power BI's schemas; skipped where they are not there.</summary>
public sealed class PowerBiTheoryAttribute : TheoryAttribute
{
    public PowerBiTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = PowerBiSchemas.Missing;
}
