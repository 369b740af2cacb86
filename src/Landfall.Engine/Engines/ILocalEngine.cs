using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Delta.Maintenance;
using Landfall.Estate;
using Landfall.Posix;
using Landfall.Sql;

namespace Landfall.Engine.Engines;

/// <summary>
/// What Landfall's own process needs of an engine, whichever engines the pools have: SQL parsed and bound, checkpoints,
/// small tables read and written, files joined, one query answered. Safe for concurrent use; dispose it at the end.
/// </summary>
/// <remarks>
/// Rows are values in the order of columns: null, <see cref="string"/>, <see cref="bool"/>, <see cref="int"/>,
/// <see cref="long"/>, <see cref="double"/>, <see cref="decimal"/>, <see cref="DateOnly"/> and
/// <see cref="DateTimeOffset"/> (rounded down to microseconds) for the contract types of these names. Only
/// <see cref="Query"/> may give values of other types.
/// </remarks>
public interface ILocalEngine : IDisposable
{
    /// <summary>The word of its <see cref="IVerifyEngine"/>, which tables are recomputed by.</summary>
    string Name { get; }

    /// <summary>Parses and binds SQL; opened by its first use.</summary>
    ISqlFrontEnd Sql { get; }

    /// <summary>Reads and writes the checkpoints of the table in a folder.</summary>
    IParquetIo ParquetOf(string tableFolder);

    /// <summary>
    /// Writes rows as data files, <c>TABLE/STEP/part-….parquet</c>: durable, with statistics, not committed. No rows,
    /// no files.
    /// </summary>
    /// <exception cref="StorageException">Storage failed.</exception>
    IReadOnlyList<DataFile> Write(
        string tableFolder, TableSchema schema, IEnumerable<object?[]> rows, string stepId,
        CancellationToken cancellationToken);

    /// <summary>The rows of a version, in no particular order.</summary>
    IRows Read(ReadRequest request, CancellationToken cancellationToken);

    /// <summary>Answers one select that the SQL gate passed; it reaches the given tables and nothing else.</summary>
    /// <param name="sql">The select, macros expanded.</param>
    /// <param name="tables">The tables that it names, each at a version.</param>
    /// <param name="temporaryFolder">Takes what memory does not hold; it must live as long as the rows.</param>
    /// <param name="cancellationToken">Ends the query, also while rows are taken.</param>
    IRows Query(
        string sql, IReadOnlyCollection<PinnedTable> tables, string temporaryFolder,
        CancellationToken cancellationToken);

    /// <summary>
    /// Writes the rows of each bin as one file of the step's folder, also where it has none. The caller makes the names
    /// in the folder durable.
    /// </summary>
    /// <returns>A file for each bin, in their order.</returns>
    /// <exception cref="StorageException">Storage failed.</exception>
    IReadOnlyList<DataFile> Join(
        string tableFolder, TableSchema schema, ImmutableArray<FileBin> bins, string stepId, IStorageCalls calls,
        CancellationToken cancellationToken);
}
