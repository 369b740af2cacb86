using Landfall.Delta;

namespace Landfall.Testing.Delta;

/// <summary>Says when a checkpoint is about to be written.</summary>
internal sealed class AnnouncingParquetIo(IParquetIo inner, Action announce) : IParquetIo
{
    public Task<ReadOnlyMemory<byte>> ReadCheckpointAsync(string name, CancellationToken cancellationToken) =>
        inner.ReadCheckpointAsync(name, cancellationToken);

    public Task<long> WriteCheckpointAsync(
        string name, ReadOnlyMemory<byte> actions, CancellationToken cancellationToken)
    {
        announce();
        return inner.WriteCheckpointAsync(name, actions, cancellationToken);
    }

    public Task<ParquetFooter> ReadFooterAsync(
        string path, TableSchema columns, CancellationToken cancellationToken) =>
        inner.ReadFooterAsync(path, columns, cancellationToken);

    public Task<ParquetSchema> ReadSchemaAsync(string path, CancellationToken cancellationToken) =>
        inner.ReadSchemaAsync(path, cancellationToken);
}
