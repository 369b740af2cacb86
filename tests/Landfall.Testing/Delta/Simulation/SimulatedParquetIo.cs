using Landfall.Delta;
using Landfall.Estate;
using Landfall.Posix;

namespace Landfall.Testing.Delta.Simulation;

/// <summary>
/// Checkpoints on a simulated disk: the actions as they come, with an end that shows a file to be whole, as Parquet
/// has, published as the product publishes them.
/// </summary>
public sealed class SimulatedParquetIo(SimulatedWorld world, string logFolder, IStorageCalls calls) : IParquetIo
{
    private int _written;

    private static ReadOnlySpan<byte> End => "\n{\"end\":{}}"u8;

    /// <summary>Whether the last action is left out, on purpose: a checkpoint of a part of the state.</summary>
    public bool IsPartial { get; init; }

    public Task<ReadOnlyMemory<byte>> ReadCheckpointAsync(string name, CancellationToken cancellationToken) =>
        calls.Read(Path.Combine(logFolder, name)) is { } content && content.Span.EndsWith(End)
            ? Task.FromResult(content[..^End.Length])
            : throw new StorageException($"{name} is not a whole checkpoint.", 5);

    public async Task<long> WriteCheckpointAsync(
        string name, ReadOnlyMemory<byte> actions, CancellationToken cancellationToken)
    {
        await world.Turn();
        ReadOnlySpan<byte> kept = actions.Span.TrimEnd((byte)'\n');
        kept = IsPartial ? kept[..Math.Max(kept.LastIndexOf((byte)'\n'), 0)] : kept;
        byte[] content = [.. kept, .. End];
        string temporary = Path.Combine(logFolder, $".{name}.{++_written}.{Guid.NewGuid():n}.tmp");
        try
        {
            calls.Write(temporary, content).Dispose();
            DurableFiles.Publish(calls, temporary, Path.Combine(logFolder, name));
            return content.Length;
        }
        finally
        {
            calls.Unlink(temporary);
        }
    }

    public Task<ParquetFooter> ReadFooterAsync(
        string path, TableSchema columns, CancellationToken cancellationToken) =>
        throw new NotSupportedException("There are no data files, only checkpoints.");

    public Task<ParquetSchema> ReadSchemaAsync(string path, CancellationToken cancellationToken) =>
        throw new NotSupportedException("There are no data files, only checkpoints.");
}
