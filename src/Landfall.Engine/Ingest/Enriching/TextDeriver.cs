using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Landfall.DuckDb;
using Landfall.Engine.Ingest.Compression;
using Landfall.Engine.Ingest.Text;
using Landfall.Engine.Storage;
using Landfall.Estate;
using Landfall.Estate.Integrations;

namespace Landfall.Engine.Ingest.Enriching;

/// <summary>
/// Turns JSON and CSV files into data files in one pass: each thread takes the next file, parses it, writes good rows
/// and sets bad ones aside. Memory does not grow with the files.
/// </summary>
/// <param name="plan">What is derived.</param>
/// <param name="database">The engine; a connection a thread.</param>
/// <param name="quarantine">Receives bad rows and counts.</param>
/// <param name="progress">Receives rows and bytes.</param>
internal sealed class TextDeriver(EnrichPlan plan, DuckDbDatabase database, Quarantine quarantine,
    ProgressMeter progress)
{
    private readonly ConcurrentDictionary<string, bool> _unknown = new();
    private readonly bool[] _seen = new bool[plan.Columns.Length];
    private long _jsonRows;

    /// <summary>Source columns that the contract does not have.</summary>
    public IEnumerable<string> UnknownColumns => _unknown.Keys;

    /// <summary>Derives files; the order of rows in the result is that of no file.</summary>
    /// <exception cref="LandfallException">LF4264, LF4269, LF4261: a file that cannot be read.</exception>
    public async Task<IReadOnlyList<DataFile>> DeriveAsync(
        ImmutableArray<EnrichFile> files, int threads, CancellationToken cancellationToken)
    {
        ConcurrentQueue<EnrichFile> queue = new(files);
        ConcurrentBag<DataFile> written = [];
        await Parallel.ForAsync(0, Math.Min(threads, files.Length), cancellationToken, (number, token) =>
        {
            foreach (DataFile file in Drain(queue, number, token))
            {
                written.Add(file);
            }

            return ValueTask.CompletedTask;
        });
        RefuseMissingFields();
        return [.. written.OrderBy(f => f.Path, StringComparer.Ordinal)];
    }

    private IReadOnlyList<DataFile> Drain(ConcurrentQueue<EnrichFile> queue,
        int number, CancellationToken cancellationToken)
    {
        using DuckDbConnection connection = database.Connect();
        using DuckDbConnection side = database.Connect();
        using RowSink sink = new(plan, connection, quarantine, number);
        FieldNames names = new([.. plan.Payload.Columns.Select(c => c.SourceName)]);
        RowBatch batch = new(plan.Columns.Length);
        while (queue.TryDequeue(out EnrichFile? file))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Read(file, sink, names, batch, side, cancellationToken);
            sink.FlushWhereFull(cancellationToken);
        }

        sink.Flush(cancellationToken);
        foreach (string name in names.Unknown)
        {
            _unknown[name] = true;
        }

        return sink.Files;
    }

    private void Read(
        EnrichFile file, RowSink sink, FieldNames names, RowBatch batch, DuckDbConnection side,
        CancellationToken cancellationToken)
    {
        BadRows bad = new(file, quarantine);
        try
        {
            using IRecordReader reader = Open(file, names, side);
            bool more = true;
            while (more)
            {
                cancellationToken.ThrowIfCancellationRequested();
                more = reader.Read(batch, bad);
                NoteFields(file, reader, batch);
                sink.Add(batch, file);
                sink.FlushWhereFull(cancellationToken);
                progress.Add(batch.Count, 0);
                batch.Clear();
            }
        }
        catch (DamagedFileException damage)
        {
            throw new LandfallException(
                IngestCodes.Damaged,
                $"The file {file.Path} in raw is not whole: {damage.Message}. Nothing of its batch was committed; "
                + "the table is as it was. Restore the file from a backup.");
        }

        progress.Add(0, file.Size);
    }

    private IRecordReader Open(EnrichFile file, FieldNames names, DuckDbConnection side)
    {
        TextBuffer buffer = new(OpenText(file, side), file.Source);
        return file.Format switch
        {
            FileFormat.Csv => new CsvReader(
                buffer, names, new((byte)plan.Payload.Delimiter, Encoding.UTF8.GetBytes(plan.Payload.NullText)),
                    file.Source),
            FileFormat.Json => new JsonArrayReader(buffer, new JsonRowParser(names), file.Source),
            _ => new JsonLinesReader(buffer, new JsonRowParser(names)),
        };
    }

    private static Stream OpenText(EnrichFile file, DuckDbConnection side)
    {
        FileCompression compression = FileNames.CompressionOf(file.Path);
        return compression == FileCompression.Zstd
            ? new ZstdTextStream(side, file.Path)
            : compression == FileCompression.Gzip ? new GzipReadStream(OpenFile(file.Path)) : OpenFile(file.Path);
    }

    private static FileStream OpenFile(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);

    /// <summary>A CSV file must name every required column; JSON objects must have it somewhere.</summary>
    private void NoteFields(EnrichFile file, IRecordReader reader, RowBatch batch)
    {
        if (reader is CsvReader csv)
        {
            if (csv.HasHeader)
            {
                RefuseMissing(file.Source, [.. csv.Columns]);
            }

            return;
        }

        if (batch.Count == 0)
        {
            return;
        }

        Interlocked.Add(ref _jsonRows, batch.Count);
        for (int column = 0; column < _seen.Length; column++)
        {
            for (int row = 0; row < batch.Count && !_seen[column]; row++)
            {
                _seen[column] = batch[row, column].Kind != CellKind.Missing;
            }
        }
    }

    private void RefuseMissingFields()
    {
        if (_jsonRows > 0)
        {
            RefuseMissing("no JSON object of the batch", [.. Enumerable.Range(0, _seen.Length).Where(c => _seen[c])]);
        }
    }

    private void RefuseMissing(string where, HashSet<int> present)
    {
        for (int column = 0; column < plan.Columns.Length; column++)
        {
            if (plan.Columns[column].Required && !present.Contains(column))
            {
                throw MissingColumn.In(plan.Payload, where, plan.Payload.Columns[column]);
            }
        }
    }

    private sealed class BadRows(EnrichFile file, Quarantine quarantine) : IBadRows
    {
        public void Add(long number, string rule, string? column, ReadOnlySpan<byte> record)
        {
            quarantine.Count(file.Batch, 1);
            quarantine.Add(file, number, rule, column, record);
        }
    }
}
