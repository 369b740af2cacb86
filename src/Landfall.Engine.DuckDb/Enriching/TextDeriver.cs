using System.Collections.Concurrent;
using System.Collections.Immutable;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Estate;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>
/// Turns JSON and CSV files into data files in one pass: each thread takes the next file, parses it, writes good rows
/// and quarantines bad ones. Memory does not grow with the files.
/// </summary>
/// <param name="plan">What is derived.</param>
/// <param name="database">The engine; a connection a thread.</param>
/// <param name="quarantine">Receives bad rows and counts.</param>
/// <param name="progress">Receives rows and bytes.</param>
internal sealed class TextDeriver(EnrichPlan plan, DuckDbDatabase database, Quarantine quarantine,
    ProgressMeter progress)
{
    private readonly FieldsSeen _fields = new(plan);

    /// <summary>Source columns that the contract does not have.</summary>
    public IEnumerable<string> UnknownColumns => _fields.Unknown;

    /// <summary>Columns of the contract that some file of a batch has.</summary>
    public IEnumerable<(long Batch, int Column)> Present => _fields.Present;

    /// <summary>Files that cannot be read as their format.</summary>
    public ConcurrentBag<BadFile> BadFiles { get; } = [];

    /// <summary>Derives files; the order of rows in the result is that of no file.</summary>
    /// <exception cref="LandfallException">LF4264: a file lacks a required column. LF4261: a file in raw is
    /// damaged.</exception>
    public async Task<IReadOnlyList<DataFile>> DeriveAsync(
        ImmutableArray<EnrichFile> files, int threads, CancellationToken cancellationToken)
    {
        ConcurrentQueue<EnrichFile> queue = new(files);
        ConcurrentBag<DataFile> written = [];
        await Parallel.ForAsync(0, Math.Min(threads, files.Length), cancellationToken, (_, token) =>
        {
            foreach (DataFile file in Drain(queue, token))
            {
                written.Add(file);
            }

            return ValueTask.CompletedTask;
        });
        if (BadFiles.IsEmpty)
        {
            _fields.RefuseMissingFields();
        }

        return [.. written.OrderBy(f => f.Path, StringComparer.Ordinal)];
    }

    private IReadOnlyList<DataFile> Drain(ConcurrentQueue<EnrichFile> queue, CancellationToken cancellationToken)
    {
        using DuckDbConnection connection = database.Connect();
        TextFiles files = new(plan, queue, quarantine, _fields, BadFiles, progress, cancellationToken);
        using TextRows rows = new(plan, files, database.Connect(), quarantine);
        using DuckDbTableFunction function = connection.TableFunction(rows.Shape, rows);
        try
        {
            return DataFileWriter.Write(
                connection, $"select {rows.Columns} from {function.Name}()", plan.FreshSchema, plan.FreshFolder,
                plan.FreshStep, cancellationToken);
        }
        catch (DuckDbException)
        {
            function.ThrowIfFailed();
            throw;
        }
    }
}
