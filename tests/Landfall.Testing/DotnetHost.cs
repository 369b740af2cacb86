using System.Runtime.InteropServices;

namespace Landfall.Testing;

/// <summary>The program <c>dotnet</c> that runs this test, by which a test runs the programs beside it.</summary>
public static class DotnetHost
{
    /// <summary>Its absolute path: the runtime's folder lies three below it.</summary>
    public static string Path { get; } = System.IO.Path.GetFullPath(
        System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
}
