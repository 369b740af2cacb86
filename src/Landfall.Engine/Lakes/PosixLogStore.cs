using Landfall.Delta;
using Landfall.Estate;
using Landfall.Posix;
using Microsoft.Win32.SafeHandles;

namespace Landfall.Engine.Lakes;

/// <summary>The log of a table on a POSIX file system. Safe for concurrent use by threads and processes.</summary>
/// <remarks>
/// <code>
///   write .NAME.ID.tmp ─► fsync it ─► link it to NAME (taken: lost) ─► unlink .tmp ─► fsync the folder ─► acknowledge
/// </code>
/// A kill at any point leaves NAME whole or absent, and at most a hidden file that nothing reads. What is written
/// unsynced is renamed into place and may be torn by a power cut, no more.
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
        _calls = calls ?? PosixStorageCalls.Instance;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListAsync(string from, CancellationToken cancellationToken)
    {
        List<string> names =
        [
            .. _calls.List(_folder).Where(n => n[0] != '.' && string.CompareOrdinal(n, from) >= 0),
        ];
        names.Sort(StringComparer.Ordinal);
        return Task.FromResult<IReadOnlyList<string>>(names);
    }

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(_calls.Read(PathOf(name)));

    /// <inheritdoc/>
    public Task<DateTimeOffset?> ModifiedAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(_calls.Modified(PathOf(name)));

    /// <inheritdoc/>
    public Task<bool> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string path = PathOf(name);

        // A race that is lost already need not wait for the disk.
        if (_calls.FileExists(path))
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
            DurableFiles.Forget(_calls, temporary);
        }

        if (linked)
        {
            Confirm(name);
        }

        return Task.FromResult(linked);
    }

    /// <inheritdoc/>
    public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string temporary = WriteTemporary(name, content);
        try
        {
            _calls.Rename(temporary, PathOf(name));
        }
        catch (StorageException)
        {
            DurableFiles.Forget(_calls, temporary);
            throw;
        }

        _calls.FSyncFolder(_folder);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task MakeDurableAsync(string name, CancellationToken cancellationToken)
    {
        // Other programs write log entries without making them durable.
        _calls.FSyncFile(PathOf(name));
        Confirm(name);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task PutUnsyncedAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DurableFiles.CreateFolder(_calls, _folder);
        string temporary = Path.Combine(_folder, TemporaryName.Of(name));
        try
        {
            _calls.Write(temporary, content).Dispose();
            _calls.Rename(temporary, PathOf(name));
        }
        catch (StorageException)
        {
            DurableFiles.Forget(_calls, temporary);
            throw;
        }

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
        DurableFiles.CreateFolder(_calls, _folder);
        string temporary = Path.Combine(_folder, TemporaryName.Of(name));
        try
        {
            using SafeFileHandle file = _calls.Write(temporary, content);
            _calls.FSync(file, temporary);
            return temporary;
        }
        catch (StorageException)
        {
            DurableFiles.Forget(_calls, temporary);
            throw;
        }
    }

    /// <summary>Others see the file by now; only after this does it survive a power cut.</summary>
    private void Confirm(string name)
    {
        try
        {
            _calls.FSyncFolder(_folder);
        }
        catch (StorageException e)
        {
            throw StorageException.Unconfirmed(PathOf(name), e);
        }
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
