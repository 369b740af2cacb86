using System.IO.Enumeration;
using Landfall.Estate;
using Microsoft.Win32.SafeHandles;

namespace Landfall.Posix;

/// <summary>The calls as the operating system makes them.</summary>
public sealed class PosixStorageCalls : IStorageCalls
{
    /// <summary>The one instance: it has no state.</summary>
    public static PosixStorageCalls Instance { get; } = new();

    /// <inheritdoc/>
    public SafeFileHandle Write(string path, ReadOnlyMemory<byte> content) => Try("write", path, () =>
    {
        SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        try
        {
            RandomAccess.Write(file, content.Span, 0);
            return file;
        }
        catch (IOException)
        {
            file.Dispose();
            throw;
        }
        catch (ArgumentOutOfRangeException e)
        {
            // What the runtime makes of EFBIG, the limit of a file's size.
            file.Dispose();
            throw PosixCalls.Failure("write", path, PosixCalls.TooLarge, e);
        }
    });

    /// <inheritdoc/>
    public void FSync(SafeFileHandle file, string path) => PosixCalls.FSync(file, path);

    /// <inheritdoc/>
    public void FSyncFile(string path) => PosixCalls.FSyncFile(path);

    /// <inheritdoc/>
    public void FSyncFolder(string path) => PosixCalls.FSyncFolder(path);

    /// <inheritdoc/>
    public bool Link(string path, string newPath) => PosixCalls.Link(path, newPath);

    /// <inheritdoc/>
    public void Rename(string path, string newPath) => PosixCalls.Rename(path, newPath);

    /// <inheritdoc/>
    public void Unlink(string path) => PosixCalls.Unlink(path);

    /// <inheritdoc/>
    public void MakeFolder(string path) => Try("mkdir", path, () => Directory.CreateDirectory(path));

    /// <inheritdoc/>
    public bool FolderExists(string path) => Directory.Exists(path);

    /// <inheritdoc/>
    public bool FileExists(string path) => File.Exists(path);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Read(string path)
    {
        // Asking first is cheaper than an exception, and the next version of a log is usually not there.
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return Try("read", path, () => File.ReadAllBytes(path));
        }
        catch (StorageException e) when (e.InnerException is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string path)
    {
        try
        {
            return Try<IReadOnlyList<string>>("list", path, () =>
            [
                .. new FileSystemEnumerable<string>(path, (ref FileSystemEntry entry) => entry.FileName.ToString())
                {
                    ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
                },
            ]);
        }
        catch (StorageException e) when (e.InnerException is DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public DateTimeOffset? Modified(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new(file.LastWriteTimeUtc, TimeSpan.Zero) : null;
    }

    private static T Try<T>(string operation, string path, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (IOException e)
        {
            throw PosixCalls.Failure(operation, path, PosixCalls.ErrorOf(e), e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw PosixCalls.Failure(operation, path, PosixCalls.PermissionDenied, e);
        }
    }
}
