namespace Landfall.Delta;

/// <summary>
/// Reads and writes checkpoint files of one table's <c>_delta_log</c>, and reads footers of its data files. Actions
/// travel as JSON, one object a line, exactly as commits have them (<c>{"add":{…}}</c>); null fields may be present.
/// </summary>
public interface IParquetIo
{
    /// <summary>The actions of a checkpoint file.</summary>
    /// <exception cref="Landfall.Estate.LandfallException">The file is missing or not readable.</exception>
    Task<ReadOnlyMemory<byte>> ReadCheckpointAsync(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a checkpoint file with the schema of the Delta protocol, atomically and durably, replacing one of the
    /// same name. Returns its size in bytes.
    /// </summary>
    Task<long> WriteCheckpointAsync(string name, ReadOnlyMemory<byte> actions, CancellationToken cancellationToken);

    /// <summary>What the footer of a data file says; values themselves are not read.</summary>
    /// <param name="path">Path relative to the table's folder.</param>
    /// <param name="columns">The columns in the file, partition columns left out.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="Landfall.Estate.LandfallException">The file is missing or no Parquet.</exception>
    Task<ParquetFooter> ReadFooterAsync(string path, TableSchema columns, CancellationToken cancellationToken);

    /// <summary>The shape of a Parquet file, by its footer.</summary>
    /// <param name="path">Path, absolute or relative to the table's folder.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="Landfall.Estate.LandfallException">The file is missing or no Parquet.</exception>
    Task<ParquetSchema> ReadSchemaAsync(string path, CancellationToken cancellationToken);
}
