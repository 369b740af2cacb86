using System.Runtime.CompilerServices;

namespace Landfall.Engine.DuckDb.Tests.Storage;

/// <summary>A test that makes system calls fail by <c>strace</c>; skipped where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StraceTheoryAttribute : TheoryAttribute
{
    public StraceTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/usr/bin/strace"))
        {
            Skip = "strace is not installed.";
        }
    }
}
