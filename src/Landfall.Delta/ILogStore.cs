using Landfall.Estate;

namespace Landfall.Delta;

/// <summary>
/// The files of one table's <c>_delta_log</c>, by their names inside it. Implementations are safe for concurrent use by
/// threads and processes; a folder that does not exist reads as empty and is made by the first write.
/// </summary>
/// <exception cref="StorageException">Any member, where the storage fails.</exception>
public interface ILogStore
{
    /// <summary>
    /// Names that are ordinally <paramref name="from"/> or greater, in ordinal order. Those that were there before and
    /// after are in it; of those made or deleted meanwhile, in whatever order, any may be.
    /// </summary>
    Task<IReadOnlyList<string>> ListAsync(string from, CancellationToken cancellationToken);

    /// <summary>The content of a file; null, which is not an empty content, where there is no such file.</summary>
    Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>When a file was last modified; null where there is no such file.</summary>
    Task<DateTimeOffset?> ModifiedAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Creates a file unless the name is taken: true when created and durable, false when taken. Readers see the whole
    /// content or no file; of any number of concurrent callers exactly one gets true.
    /// </summary>
    Task<bool> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Creates or replaces a file atomically and durably.</summary>
    Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a file durable that is there already: a commit that its writer finds after the storage left open whether
    /// it was written must not be acknowledged before.
    /// </summary>
    Task MakeDurableAsync(string name, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Creates or replaces a file atomically for readers; after a power cut it may be there, torn or not at all.
    /// </summary>
    Task PutUnsyncedAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        PutAsync(name, content, cancellationToken);

    /// <summary>Deletes a file; nothing happens where there is none.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}
