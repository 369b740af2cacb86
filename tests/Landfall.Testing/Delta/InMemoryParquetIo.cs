using Landfall.Delta;
using Landfall.Estate;

namespace Landfall.Testing.Delta;

/// <summary>Checkpoints that stay the JSON they were given, kept in a log store.</summary>
public sealed class InMemoryParquetIo(ILogStore log) : IParquetIo
{
    public async Task<ReadOnlyMemory<byte>> ReadCheckpointAsync(string name, CancellationToken cancellationToken) =>
        await log.ReadAsync(name, cancellationToken) is { IsEmpty: false } content
            ? content
            : throw new LandfallException("LF4100", $"{name} cannot be read.");

    public async Task<long> WriteCheckpointAsync(
        string name, ReadOnlyMemory<byte> actions, CancellationToken cancellationToken)
    {
        await log.PutAsync(name, actions, cancellationToken);
        return actions.Length;
    }

    public Task<ParquetFooter> ReadFooterAsync(
        string path, TableSchema columns, CancellationToken cancellationToken) =>
        throw new NotSupportedException("There are no data files, only checkpoints.");

    public Task<ParquetSchema> ReadSchemaAsync(string path, CancellationToken cancellationToken) =>
        throw new NotSupportedException("There are no data files, only checkpoints.");
}
