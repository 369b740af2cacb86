using Microsoft.Win32.SafeHandles;

namespace Landfall.Engine.Storage;

/// <summary>
/// The calls by which a log store changes its folder, one method each. Made to be derived from by tests that fail a call,
/// end the process before one, or leave one out to prove that its absence is noticed. Thread-safe.
/// </summary>
public class StorageCalls
{
    /// <summary>Creates a file and writes its content; not durable yet.</summary>
    public virtual SafeFileHandle Write(string path, ReadOnlyMemory<byte> content)
    {
        try
        {
            SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            RandomAccess.Write(file, content.Span, 0);
            return file;
        }
        catch (IOException e)
        {
            throw Posix.Failure("write", path, Posix.ErrorOf(e), e);
        }
    }

    /// <summary>Makes a written file durable.</summary>
    public virtual void FSync(SafeFileHandle file, string path) => Posix.FSync(file, path);

    /// <summary>Makes the names in a folder durable.</summary>
    public virtual void FSyncFolder(string path) => Posix.FSyncFolder(path);

    /// <summary>Gives a file its second name unless that is taken; false where it is.</summary>
    public virtual bool Link(string path, string newPath) => Posix.Link(path, newPath);

    /// <summary>Renames a file, replacing what had the name.</summary>
    public virtual void Rename(string path, string newPath) => Posix.Rename(path, newPath);

    /// <summary>Removes a name.</summary>
    public virtual void Unlink(string path) => Posix.Unlink(path);
}
