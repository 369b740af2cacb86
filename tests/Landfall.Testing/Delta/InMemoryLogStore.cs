using System.Collections.Concurrent;
using Landfall.Delta;

namespace Landfall.Testing.Delta;

/// <summary>A log in memory, with the promises of a durable one. Thread-safe.</summary>
public sealed class InMemoryLogStore : ILogStore
{
    private readonly ConcurrentDictionary<string, (
        byte[] Content, DateTimeOffset Modified)> _files = new(StringComparer.Ordinal);

    /// <summary>The files, for tests that damage or take away some.</summary>
    public IReadOnlyCollection<string> Names => [.. _files.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Modification time given to files; the epoch by default.</summary>
    public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

    /// <summary>The text of a file, and what replaces it; null deletes.</summary>
    public string? this[string name]
    {
        get => _files.TryGetValue(name, out var file) ? System.Text.Encoding.UTF8.GetString(file.Content) : null;
        set
        {
            if (value is null)
            {
                _files.TryRemove(name, out _);
            }
            else
            {
                _files[name] = (System.Text.Encoding.UTF8.GetBytes(value), Now);
            }
        }
    }

    public Task<IReadOnlyList<string>> ListAsync(string from, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(
            [.. _files.Keys.Where(n => string.CompareOrdinal(n, from) >= 0).Order(StringComparer.Ordinal)]);

    public Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(_files.TryGetValue(name, out var file) ? file.Content : default(ReadOnlyMemory<byte>?));

    public Task<DateTimeOffset?> ModifiedAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<DateTimeOffset?>(_files.TryGetValue(name, out var file) ? file.Modified : null);

    public Task<bool> PutIfAbsentAsync(
        string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Task.FromResult(_files.TryAdd(name, (content.ToArray(), Now)));

    public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        _files[name] = (content.ToArray(), Now);
        return Task.CompletedTask;
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        _files.TryRemove(name, out _);
        return Task.CompletedTask;
    }
}
