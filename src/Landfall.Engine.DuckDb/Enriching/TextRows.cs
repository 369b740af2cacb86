using System.Collections.Immutable;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Enriching.Columns;
using Landfall.Engine.DuckDb.Formats;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Estate.Types;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>
/// The good rows of text files, parsed while the engine writes them: it pulls a chunk, and of the files only what is
/// being read is in memory. Bad rows are quarantined on the way. Used by one thread at a time.
/// </summary>
internal sealed class TextRows : IRowSource, IDisposable
{
    /// <summary>Bytes from which on a chunk is handed over before it is full of rows.</summary>
    private const long LargestChunk = 32 << 20;

    private readonly EnrichPlan _plan;
    private readonly TextFiles _files;
    private readonly Quarantine _quarantine;
    private readonly DuckDbConnection _casts;
    private readonly ImmutableArray<ColumnReader> _readers;
    private readonly BadMarks _bad = new();
    private readonly int[] _good = new int[DuckDbAppender.Capacity];
    private int _next;
    private int _end;

    /// <summary>Makes the rows of files.</summary>
    /// <param name="plan">What is derived.</param>
    /// <param name="files">The files; taken over.</param>
    /// <param name="casts">A connection for casts; taken over.</param>
    /// <param name="quarantine">Receives bad rows.</param>
    public TextRows(EnrichPlan plan, TextFiles files, DuckDbConnection casts, Quarantine quarantine)
    {
        _plan = plan;
        _files = files;
        _quarantine = quarantine;
        _casts = casts;
        _readers = [.. plan.Columns.Select((c, i) => ColumnReaders.Of(c, i, plan.Rules[i], casts))];
    }

    /// <summary>A query with the names and types of the rows.</summary>
    public string Shape => "select " + string.Join(", ", _plan.FreshSchema.Fields.Select((f, i) =>
        $"cast(null as {TypeOf(i, f.Type)}) as {SqlName.DuckDb(f.Name)}"));

    /// <summary>The columns of the table, from the rows: arrays and structs travel as text.</summary>
    public string Columns => string.Join(", ", _plan.FreshSchema.Fields.Select((f, i) =>
        IsNested(i)
            ? $"{_plan.Rules[i].Value(SqlName.DuckDb(f.Name))} as {SqlName.DuckDb(f.Name)}"
            : SqlName.DuckDb(f.Name)));

    /// <inheritdoc/>
    public int Fill(RowChunk chunk)
    {
        int filled = 0;
        long bytes = 0;
        while (filled < chunk.Capacity && bytes < LargestChunk && (_next < _end || ReadBatch()))
        {
            int count = Math.Min(_end - _next, chunk.Capacity - filled);
            ReadOnlySpan<int> rows = _good.AsSpan(_next, count);
            Write(chunk, filled, rows);
            bytes += _files.Batch.BytesOf(rows);
            _next += count;
            filled += count;
        }

        return filled;
    }

    /// <summary>Closes the file that is being read and the connections. Safe to call twice.</summary>
    public void Dispose()
    {
        foreach (ColumnReader reader in _readers)
        {
            reader.Dispose();
        }

        _casts.Dispose();
        _files.Dispose();
    }

    /// <summary>Reads on until there are good rows; false at the end of the last file.</summary>
    private bool ReadBatch()
    {
        _next = 0;
        _end = 0;
        while (_end == 0 && _files.Read())
        {
            foreach (ColumnReader reader in _readers)
            {
                reader.Read(_files.Batch, _bad);
            }

            _quarantine.Count(_files.Current.Batch, _files.Batch.Count);
            QuarantineBad();
            _bad.Clear();
        }

        return _end > 0;
    }

    private void QuarantineBad()
    {
        RowBatch batch = _files.Batch;
        for (int row = 0; row < batch.Count; row++)
        {
            if (_bad.Rule(row) is { } rule)
            {
                _quarantine.Add(_files.Current, batch.Number(row), rule, _bad.Column(row), batch.Record(row));
            }
            else
            {
                _good[_end++] = row;
            }
        }
    }

    private void Write(RowChunk chunk, int first, ReadOnlySpan<int> rows)
    {
        for (int i = 0; i < _readers.Length; i++)
        {
            _readers[i].Write(chunk[i], first, rows, _files.Batch);
        }

        EnrichFile file = _files.Current;
        chunk[_readers.Length].Values<long>().Slice(first, rows.Length).Fill(file.Batch);
        _plan.Sources.Fill(chunk[_readers.Length + 1], first, rows.Length, file.Source);
        if (_plan.KeepsRecords)
        {
            WriteRecords(chunk, first, rows);
        }
    }

    private void WriteRecords(RowChunk chunk, int first, ReadOnlySpan<int> rows)
    {
        Span<long> numbers = chunk[_readers.Length + 2].Values<long>();
        for (int i = 0; i < rows.Length; i++)
        {
            numbers[first + i] = _files.Batch.Number(rows[i]);
            chunk[_readers.Length + 3].Set(first + i, Quarantine.Beginning(_files.Batch.Record(rows[i])));
        }
    }

    private string TypeOf(int index, DataType type) =>
        index == _readers.Length + 1 ? SourceLabels.TypeName : IsNested(index) ? "VARCHAR" : DuckDbTypes.Name(type);

    private bool IsNested(int index) => index < _readers.Length && _plan.Rules[index].IsNested;
}
