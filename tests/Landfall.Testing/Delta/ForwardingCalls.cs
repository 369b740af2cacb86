using Landfall.Posix;
using Microsoft.Win32.SafeHandles;

namespace Landfall.Testing.Delta;

/// <summary>Makes the calls of another; what derives from it changes some.</summary>
public abstract class ForwardingCalls(IStorageCalls inner) : IStorageCalls
{
    public virtual SafeFileHandle Write(string path, ReadOnlyMemory<byte> content) => inner.Write(path, content);

    public virtual void FSync(SafeFileHandle file, string path) => inner.FSync(file, path);

    public virtual void FSyncFile(string path) => inner.FSyncFile(path);

    public virtual void FSyncFolder(string path) => inner.FSyncFolder(path);

    public virtual bool Link(string path, string newPath) => inner.Link(path, newPath);

    public virtual void Rename(string path, string newPath) => inner.Rename(path, newPath);

    public virtual void Unlink(string path) => inner.Unlink(path);

    public virtual void MakeFolder(string path) => inner.MakeFolder(path);

    public virtual bool FolderExists(string path) => inner.FolderExists(path);

    public virtual bool FileExists(string path) => inner.FileExists(path);

    public virtual ReadOnlyMemory<byte>? Read(string path) => inner.Read(path);

    public virtual IReadOnlyList<string> List(string path) => inner.List(path);

    public virtual DateTimeOffset? Modified(string path) => inner.Modified(path);
}
