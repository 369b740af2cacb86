using System.Collections.Immutable;
using System.Text;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Engine.Formats;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>
/// Keeps rows that broke the contract, and counts rows by batch. Safe for concurrent use; spills to the engine's
/// temporary folder.
/// </summary>
internal sealed class Quarantine : IDisposable
{
    private const int LongestRecord = 1 << 20;
    private readonly Lock _gate = new();
    private readonly DuckDbConnection _connection;
    private readonly DateTimeOffset _now;
    private readonly SortedDictionary<long, long> _rows = [];
    private readonly SortedDictionary<long, SortedDictionary<string, long>> _rules = [];
    private DuckDbAppender? _appender;
    private int _pending;

    /// <summary>Makes the table of quarantined rows.</summary>
    /// <param name="connection">Taken over.</param>
    /// <param name="now">When rows are quarantined.</param>
    public Quarantine(DuckDbConnection connection, DateTimeOffset now)
    {
        _connection = connection;
        _now = now;
        connection.Execute(
            $"create or replace table {TableName} (_batch BIGINT, _source VARCHAR, _row BIGINT, rule VARCHAR, "
            + "column_name VARCHAR, raw VARCHAR, quarantined_at TIMESTAMPTZ)");
    }

    /// <summary>The table that rows are kept in, with the columns of a quarantine.</summary>
    public const string TableName = "landfall_quarantine";

    /// <summary>The first MiB of a record, which is all that is kept of it; whole characters.</summary>
    public static ReadOnlySpan<byte> Beginning(ReadOnlySpan<byte> record)
    {
        if (record.Length <= LongestRecord)
        {
            return record;
        }

        int length = LongestRecord;
        while (length > 0 && (record[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return record[..length];
    }

    /// <summary>Adds rows that were read, bad ones included.</summary>
    public void Count(long batch, long rows)
    {
        lock (_gate)
        {
            _rows[batch] = _rows.GetValueOrDefault(batch) + rows;
        }
    }

    /// <summary>Quarantines a row.</summary>
    public void Add(EnrichFile file, long row, string rule, string? column, ReadOnlySpan<byte> record)
    {
        // What is not UTF-8 is one of the reasons to be here: damaged bytes become U+FFFD.
        string raw = Encoding.UTF8.GetString(Beginning(record));
        lock (_gate)
        {
            CountBroken(file.Batch, rule, 1);
            Append(file, row, rule, column, raw);
        }
    }

    /// <summary>Counts rows that others put into the table itself.</summary>
    public void CountBroken(long batch, string rule, long rows)
    {
        lock (_gate)
        {
            if (!_rules.TryGetValue(batch, out SortedDictionary<string, long>? rules))
            {
                _rules[batch] = rules = new(StringComparer.Ordinal);
            }

            rules[rule] = rules.GetValueOrDefault(rule) + rows;
        }
    }

    /// <summary>Quarantines a file as a whole, which counts as no row.</summary>
    public void AddFile(EnrichFile file)
    {
        lock (_gate)
        {
            Append(file, row: null, Rules.Unreadable, column: null, raw: null);
        }
    }

    /// <summary>What was read of each batch, in order.</summary>
    public ImmutableArray<BatchCount> Counts() =>
    [
        .. _rows.Select(r => new BatchCount(
            r.Key, r.Value, _rules.GetValueOrDefault(r.Key)?.ToImmutableSortedDictionary(StringComparer.Ordinal)
                ?? ImmutableSortedDictionary<string, long>.Empty)),
    ];

    /// <summary>Writes the rows of some batches as data files of the quarantine table.</summary>
    public ImmutableArray<DataFile> Write(
        string condition, string schema, string tableFolder, string stepId, CancellationToken cancellationToken)
    {
        Flush();
        return
        [
            .. DataFileWriter.Write(
                _connection, $"select * from {TableName} where {condition}", TableSchema.Parse(schema),
                    tableFolder,
                stepId, cancellationToken),
        ];
    }

    /// <summary>Lets go of the rows and the connection. Safe to call twice.</summary>
    public void Dispose()
    {
        _appender?.Dispose();
        _connection.Dispose();
    }

    private void Append(EnrichFile file, long? row, string rule, string? column, string? raw)
    {
        _appender ??= _connection.Appender(null, null, TableName);
        _appender[0].Set(_pending, file.Batch);
        _appender[1].Set(_pending, file.Source);
        if (row is { } number)
        {
            _appender[2].Set(_pending, number);
        }
        else
        {
            _appender[2].SetNull(_pending);
        }

        _appender[3].Set(_pending, rule);
        SetText(4, column);
        SetText(5, raw);
        _appender[6].Set(_pending, _now);
        if (++_pending == DuckDbAppender.Capacity)
        {
            _appender.Append(_pending);
            _pending = 0;
        }
    }

    private void SetText(int column, string? text)
    {
        if (text is null)
        {
            _appender![column].SetNull(_pending);
        }
        else
        {
            _appender![column].Set(_pending, text);
        }
    }

    private void Flush()
    {
        if (_appender is null)
        {
            return;
        }

        _appender.Append(_pending);
        _appender.Complete();
        _appender.Dispose();
        _appender = null;
        _pending = 0;
    }
}
