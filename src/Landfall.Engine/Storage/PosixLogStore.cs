using System.IO.Enumeration;
using Landfall.Delta;
using Microsoft.Win32.SafeHandles;

namespace Landfall.Engine.Storage;

/// <summary>The log of a table on a POSIX file system. Safe for concurrent use by threads and processes.</summary>
/// <remarks>
/// <code>
///   write .NAME.ID.tmp ─► fsync it ─► link it to NAME (taken: lost) ─► unlink .tmp ─► fsync the folder ─► acknowledge
/// </code>
/// A kill at any point leaves NAME whole or absent, and at most a hidden file that nothing reads.
/// </remarks>
public sealed class PosixLogStore : ILogStore
{
    private readonly string _folder;
    private readonly IStorageCalls _calls;

    /// <summary>The log of the table in a folder; neither need exist.</summary>
    /// <param name="tableFolder">Absolute path of the table.</param>
    /// <param name="calls">Calls to make; those of the operating system by default.</param>
    public PosixLogStore(string tableFolder, IStorageCalls? calls = null)
    {
        _folder = Path.Combine(tableFolder, "_delta_log");
        _calls = calls ?? new PosixStorageCalls();
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAsync(string from, CancellationToken cancellationToken)
    {
        try
        {
            List<string> names =
            [
                .. new FileSystemEnumerable<string>(_folder, (ref FileSystemEntry entry) => entry.FileName.ToString())
                {
                    ShouldIncludePredicate = (ref FileSystemEntry entry) =>
                        !entry.IsDirectory && entry.FileName[0] != '.'
                        && entry.FileName.CompareTo(from, StringComparison.Ordinal) >= 0,
                },
            ];
            names.Sort(StringComparer.Ordinal);
            return Task.FromResult<IReadOnlyList<string>>(names);
        }
        catch (DirectoryNotFoundException)
        {
            return Task.FromResult<IReadOnlyList<string>>([]);
        }
        catch (IOException e)
        {
            throw Posix.Failure("list", _folder, Posix.ErrorOf(e), e);
        }
    }

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        string path = PathOf(name);
        try
        {
            // Asking first is cheaper than an exception, and the next version of a log is usually not there. A plain
            // null would become empty memory, by way of a null array.
            return Task.FromResult(File.Exists(path) ? File.ReadAllBytes(path) : default(ReadOnlyMemory<byte>?));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<ReadOnlyMemory<byte>?>(null);
        }
        catch (IOException e)
        {
            throw Posix.Failure("read", path, Posix.ErrorOf(e), e);
        }
    }

    /// <inheritdoc/>
    public Task<DateTimeOffset?> ModifiedAsync(string name, CancellationToken cancellationToken)
    {
        var file = new FileInfo(PathOf(name));
        return Task.FromResult<DateTimeOffset?>(file.Exists ? new(file.LastWriteTimeUtc, TimeSpan.Zero) : null);
    }

    /// <inheritdoc/>
    public Task<bool> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string path = PathOf(name);

        // A race that is lost already need not wait for the disk.
        if (File.Exists(path))
        {
            return Task.FromResult(false);
        }

        string temporary = WriteTemporary(name, content);
        bool linked;
        try
        {
            linked = _calls.Link(temporary, path);
        }
        finally
        {
            _calls.Unlink(temporary);
        }

        if (linked)
        {
            _calls.FSyncFolder(_folder);
        }

        return Task.FromResult(linked);
    }

    /// <inheritdoc/>
    public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string temporary = WriteTemporary(name, content);
        _calls.Rename(temporary, PathOf(name));
        _calls.FSyncFolder(_folder);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        _calls.Unlink(PathOf(name));
        return Task.CompletedTask;
    }

    private string WriteTemporary(string name, ReadOnlyMemory<byte> content)
    {
        Posix.CreateFolder(_folder);
        string temporary = Path.Combine(_folder, TemporaryName.Of(name));
        try
        {
            using SafeFileHandle file = _calls.Write(temporary, content);
            _calls.FSync(file, temporary);
            return temporary;
        }
        catch (StorageException)
        {
            _calls.Unlink(temporary);
            throw;
        }
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
