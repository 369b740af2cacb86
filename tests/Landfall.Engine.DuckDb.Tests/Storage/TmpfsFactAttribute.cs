using System.Runtime.CompilerServices;
using Landfall.Testing;

namespace Landfall.Engine.DuckDb.Tests.Storage;

/// <summary>
/// A test that mounts a small file system in a namespace of its own; skipped where that is not allowed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TmpfsFactAttribute : FactAttribute
{
    public TmpfsFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line) => Skip = SmallDisk.Missing;
}
