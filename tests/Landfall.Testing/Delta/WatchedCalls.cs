using Landfall.Posix;
using Microsoft.Win32.SafeHandles;

namespace Landfall.Testing.Delta;

/// <summary>
/// Shows a test every call that changes a folder before it is made: to record it, to throw instead, or to end the
/// process there. Thread-safe.
/// </summary>
public sealed class WatchedCalls(Action<StorageCall> before, IStorageCalls? inner = null)
    : ForwardingCalls(inner ?? PosixStorageCalls.Instance)
{
    private int _number;

    public override SafeFileHandle Write(string path, ReadOnlyMemory<byte> content)
    {
        Before("write", path);
        return base.Write(path, content);
    }

    public override void FSync(SafeFileHandle file, string path)
    {
        Before("fsync", path);
        base.FSync(file, path);
    }

    public override void FSyncFile(string path)
    {
        Before("fsync", path);
        base.FSyncFile(path);
    }

    public override void FSyncFolder(string path)
    {
        Before("fsync-folder", path);
        base.FSyncFolder(path);
    }

    public override bool Link(string path, string newPath)
    {
        Before("link", newPath);
        return base.Link(path, newPath);
    }

    public override void Rename(string path, string newPath)
    {
        Before("rename", newPath);
        base.Rename(path, newPath);
    }

    public override void Unlink(string path)
    {
        Before("unlink", path);
        base.Unlink(path);
    }

    public override void MakeFolder(string path)
    {
        Before("mkdir", path);
        base.MakeFolder(path);
    }

    private void Before(string kind, string path) => before(new(Interlocked.Increment(ref _number), kind, path));
}
