using Landfall.Engine.Storage;
using Microsoft.Win32.SafeHandles;

namespace Landfall.Testing.Delta;

/// <summary>
/// Calls that are wrong on purpose: rename in place of link, after a look whether the name is free, which is what the
/// runtime's own move does. Of two writers in a race, one's commit is lost. Tests of races must notice it.
/// </summary>
public sealed class RenamingCalls : IStorageCalls
{
    private readonly PosixStorageCalls _inner = new();

    public bool Link(string path, string newPath)
    {
        if (File.Exists(newPath))
        {
            return false;
        }

        Rename(path, newPath);
        return true;
    }

    public SafeFileHandle Write(string path, ReadOnlyMemory<byte> content) => _inner.Write(path, content);

    public void FSync(SafeFileHandle file, string path) => _inner.FSync(file, path);

    public void FSyncFolder(string path) => _inner.FSyncFolder(path);

    public void Rename(string path, string newPath) => _inner.Rename(path, newPath);

    public void Unlink(string path) => _inner.Unlink(path);
}
