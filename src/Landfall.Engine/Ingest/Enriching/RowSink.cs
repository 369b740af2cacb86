using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.Ingest.Columns;
using Landfall.Engine.Ingest.Text;
using Landfall.Engine.Sql;
using Landfall.Engine.Storage;
using Landfall.Estate.Types;

namespace Landfall.Engine.Ingest.Enriching;

/// <summary>
/// Collects the good rows of text files in a table in memory and writes them as data files whenever enough are
/// together.
/// Used by one thread with a connection of its own.
/// </summary>
internal sealed class RowSink : IDisposable
{
    private readonly EnrichPlan _plan;
    private readonly DuckDbConnection _connection;
    private readonly Quarantine _quarantine;
    private readonly string _stage;
    private readonly SourceLabels _sources;
    private readonly ImmutableArray<ColumnReader> _readers;
    private readonly BadMarks _bad = new();
    private readonly int[] _good = new int[DuckDbAppender.Capacity];
    private readonly List<DataFile> _files = [];
    private DuckDbAppender? _appender;
    private int _filled;
    private long _staged;

    /// <summary>Makes a sink.</summary>
    /// <param name="plan">What is derived.</param>
    /// <param name="connection">The thread's connection.</param>
    /// <param name="quarantine">Receives bad rows.</param>
    /// <param name="number">The thread's number.</param>
    public RowSink(EnrichPlan plan, DuckDbConnection connection, Quarantine quarantine, int number)
    {
        _plan = plan;
        _connection = connection;
        _quarantine = quarantine;
        _sources = plan.Sources;
        _stage = $"landfall_stage_{number}";
        _readers = [.. plan.Columns.Select((c, i) => ColumnReaders.Of(c, i, plan.Rules[i], connection))];
    }

    /// <summary>The files written so far.</summary>
    public IReadOnlyList<DataFile> Files => _files;

    /// <summary>Adds the rows of a batch that keep the contract and sets the others aside.</summary>
    public void Add(RowBatch batch, EnrichFile file)
    {
        foreach (ColumnReader reader in _readers)
        {
            reader.Read(batch, _bad);
        }

        _quarantine.Count(file.Batch, batch.Count);
        ReadOnlySpan<int> rows = GoodRows(batch, file);
        while (!rows.IsEmpty)
        {
            int count = Math.Min(rows.Length, DuckDbAppender.Capacity - _filled);
            Append(batch, rows[..count], file);
            rows = rows[count..];
        }

        _bad.Clear();
    }

    /// <summary>Writes what is left.</summary>
    public void Flush(CancellationToken cancellationToken)
    {
        if (_appender is null)
        {
            return;
        }

        _appender.Append(_filled);
        _appender.Complete();
        _appender.Dispose();
        _appender = null;
        _filled = 0;
        _staged = 0;
        _files.AddRange(DataFileWriter.Write(
            _connection, $"select {Select()} from {_stage}", _plan.Schema, _plan.FreshFolder,
                _plan.FreshStep, cancellationToken));
        _connection.Execute($"drop table {_stage}", CancellationToken.None);
    }

    /// <summary>Writes what is collected where it is enough for a file.</summary>
    public void FlushWhereFull(CancellationToken cancellationToken)
    {
        if (_staged >= _plan.StageBytes)
        {
            Flush(cancellationToken);
        }
    }

    /// <summary>Lets go of rows not written. Safe to call twice.</summary>
    public void Dispose()
    {
        _appender?.Dispose();
        foreach (ColumnReader reader in _readers)
        {
            reader.Dispose();
        }
    }

    private ReadOnlySpan<int> GoodRows(RowBatch batch, EnrichFile file)
    {
        int count = 0;
        for (int row = 0; row < batch.Count; row++)
        {
            if (_bad.Rule(row) is { } rule)
            {
                _quarantine.Add(file, batch.Number(row), rule, _bad.Column(row), batch.Record(row));
            }
            else
            {
                _good[count++] = row;
                _staged += batch.Record(row).Length;
            }
        }

        return _good.AsSpan(0, count);
    }

    private void Append(RowBatch batch, ReadOnlySpan<int> rows, EnrichFile file)
    {
        _appender ??= Stage();
        for (int i = 0; i < _readers.Length; i++)
        {
            _readers[i].Write(_appender[i], _filled, rows, batch);
        }

        _appender[_readers.Length].Values<long>().Slice(_filled, rows.Length).Fill(file.Batch);
        _sources.Fill(_appender[_readers.Length + 1], _filled, rows.Length, file.Source);
        _filled += rows.Length;
        if (_filled == DuckDbAppender.Capacity)
        {
            _appender.Append(_filled);
            _filled = 0;
        }
    }

    private DuckDbAppender Stage()
    {
        IEnumerable<string> columns =
            _plan.Schema.Fields.Select((f, i) => $"{SqlName.DuckDb(f.Name)} {StageType(i, f.Type)}");
        _connection.Execute($"create table {_stage} ({string.Join(", ", columns)})");
        return _connection.Appender(null, null, _stage);
    }

    private string StageType(int index, DataType type) =>
        index == _readers.Length + 1 ? SourceLabels.TypeName
        : index < _readers.Length && _plan.Rules[index].IsNested ? "VARCHAR"
        : DuckDbTypes.Name(type);

    private string Select() => string.Join(", ", _plan.Schema.Fields.Select((f, i) =>
        i < _readers.Length && _plan.Rules[i].IsNested
            ? $"{_plan.Rules[i].Value(SqlName.DuckDb(f.Name))} as {SqlName.DuckDb(f.Name)}"
            : SqlName.DuckDb(f.Name)));
}
