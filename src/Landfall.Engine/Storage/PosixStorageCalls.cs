using Microsoft.Win32.SafeHandles;

namespace Landfall.Engine.Storage;

/// <summary>The calls as the operating system makes them.</summary>
public sealed class PosixStorageCalls : IStorageCalls
{
    /// <inheritdoc/>
    public SafeFileHandle Write(string path, ReadOnlyMemory<byte> content)
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

    /// <inheritdoc/>
    public void FSync(SafeFileHandle file, string path) => Posix.FSync(file, path);

    /// <inheritdoc/>
    public void FSyncFolder(string path) => Posix.FSyncFolder(path);

    /// <inheritdoc/>
    public bool Link(string path, string newPath) => Posix.Link(path, newPath);

    /// <inheritdoc/>
    public void Rename(string path, string newPath) => Posix.Rename(path, newPath);

    /// <inheritdoc/>
    public void Unlink(string path) => Posix.Unlink(path);
}
