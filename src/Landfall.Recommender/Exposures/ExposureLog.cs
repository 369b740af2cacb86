using System.Collections.Immutable;
using System.Threading.Channels;
using Landfall.Estate;

namespace Landfall.Recommender.Exposures;

/// <summary>
/// The log of what an endpoint serves. What is handed over is durable in a segment within a second, and committed to
/// the tables a minute later at most, or with 50,000 rows. A process that is killed loses at most what came in the last
/// second: the next start commits what segments hold and the tables do not. Nothing is committed twice, because each
/// segment is committed under its number. Safe for concurrent use.
/// </summary>
/// <remarks>
/// <code>
///   requests ─► bounded channel ─► writer: segment N, fsync ─► closed ─► committer: Delta, txn N ─► segment removed
///       full: dropped, counted       fails: kept in memory, tried again    fails: stays, tried again
/// </code>
/// </remarks>
public sealed class ExposureLog : IExposureSink, IAsyncDisposable
{
    private const int PendingBytesMax = 8 << 20;

    /// <summary>Segments that wait with their records in memory; of more, the files are read again.</summary>
    private const int HeldSegmentsMax = 4;

    private static readonly TimeSpan DrainPeriod = TimeSpan.FromMilliseconds(10);

    private readonly ExposureLogOptions _options;
    private readonly SegmentFolder _folder;
    private readonly SegmentCommitter _committer;
    private readonly SegmentWriter _writer;
    private readonly Channel<SegmentRecord> _records;
    private readonly Channel<ClosedSegment> _closed = Channel.CreateUnbounded<ClosedSegment>();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abandon = new();
    private Task _writing = Task.CompletedTask;
    private Task _committing = Task.CompletedTask;
    private long _begun;
    private int _unsynced;
    private long _taken;
    private long _dropped;
    private long _durable;
    private string? _failure;
    private int _ended;

    private ExposureLog(
        ExposureLogOptions options, SegmentFolder folder, SegmentCommitter committer, long firstNumber)
    {
        _options = options;
        _folder = folder;
        _committer = committer;
        _writer = new(folder, firstNumber);
        _records = Channel.CreateBounded<SegmentRecord>(
            new BoundedChannelOptions(options.Capacity) { SingleReader = true });
    }

    /// <inheritdoc/>
    public ExposureLogStatus Status => new()
    {
        Taken = Interlocked.Read(ref _taken),
        Dropped = Interlocked.Read(ref _dropped),
        Durable = Interlocked.Read(ref _durable),
        RowsCommitted = _committer.RowsCommitted,
        SegmentsWaiting = _closed.Reader.Count,
        RecordsDamaged = _committer.RecordsDamaged,
        Failure = Volatile.Read(ref _failure) ?? _committer.Failure,
    };

    /// <summary>Opens a log: commits what earlier runs left in segments, then takes records.</summary>
    /// <param name="tables">Where rows go.</param>
    /// <param name="options">How it works.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="LandfallException">
    /// <c>LF4432</c>: another process has the log; <c>LF4433</c>: the log's id is damaged.
    /// </exception>
    /// <exception cref="StorageException">The lake or the folder cannot be written.</exception>
    public static async Task<ExposureLog> OpenAsync(
        ExposureTables tables, ExposureLogOptions options, CancellationToken cancellationToken)
    {
        var folder = SegmentFolder.Open(options.Folder);
        try
        {
            SegmentCommitter committer = new(tables, folder, options);
            long newest = await tables.NewestNumberAsync(committer.Application, cancellationToken);
            foreach (long number in folder.Numbers())
            {
                await committer.CommitAsync(new(number, null), cancellationToken);
                newest = Math.Max(newest, number);
            }

            ExposureLog log = new(options, folder, committer, newest + 1);
            log._writing = Task.Run(log.WriteAsync, CancellationToken.None);
            log._committing = Task.Run(
                () => committer.RunAsync(log._closed.Reader, log._abandon.Token), CancellationToken.None);
            return log;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool TryAppend(ServedRecommendation recommendation) => TryAppend(new SegmentRecord(recommendation, []));

    /// <inheritdoc/>
    public bool TryAppend(ImmutableArray<FeedbackEvent> feedback) => TryAppend(new SegmentRecord(null, feedback));

    /// <summary>
    /// Takes no more records, makes durable and commits those taken. What cannot be committed in time stays in segments
    /// for the next start. Safe to call twice.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
        {
            return;
        }

        _records.Writer.Complete();
        await _stop.CancelAsync();
        await _writing;
        _closed.Writer.Complete();
        _abandon.CancelAfter(_options.StopTimeout);
        await _committing;
        _writer.Dispose();
        _folder.Dispose();
        _stop.Dispose();
        _abandon.Dispose();
    }

    private bool TryAppend(SegmentRecord record)
    {
        bool taken = _records.Writer.TryWrite(record);
        Interlocked.Increment(ref taken ? ref _taken : ref _dropped);
        return taken;
    }

    private async Task WriteAsync()
    {
        // Little at a time, so that no request waits for a thread that writes what many others left.
        int drains = Math.Max(1, (int)(_options.SyncPeriod / DrainPeriod));
        using PeriodicTimer timer = new(_options.SyncPeriod / drains, _options.Clock);
        try
        {
            for (int drain = 1; await timer.WaitForNextTickAsync(_stop.Token); drain++)
            {
                if (drain % drains == 0)
                {
                    Pump(ending: false);
                }
                else
                {
                    Drain();
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Pump(ending: true);
        }
    }

    /// <summary>Takes what came to what is written next, as far as the segment has room.</summary>
    private void Drain()
    {
        while (_writer.Rows < _options.SegmentRows && _writer.PendingBytes < PendingBytesMax
            && _records.Reader.TryRead(out SegmentRecord? record))
        {
            if (_writer.Rows == 0)
            {
                _begun = _options.Clock.GetTimestamp();
            }

            _writer.Add(record);
            _unsynced++;
        }
    }

    /// <summary>Writes what came and makes it durable; closes the segment when it is due.</summary>
    private void Pump(bool ending)
    {
        try
        {
            bool more;
            do
            {
                // What comes meanwhile waits for the next time, or this would sync for each record.
                Drain();
                more = _writer.Rows >= _options.SegmentRows || _writer.PendingBytes >= PendingBytesMax;
                _writer.Sync();
                Interlocked.Add(ref _durable, _unsynced);
                _unsynced = 0;
                if (_writer.Rows > 0 && (ending || _writer.Rows >= _options.SegmentRows
                    || _options.Clock.GetElapsedTime(_begun) >= _options.SegmentAge))
                {
                    ClosedSegment closed = _writer.Roll();
                    _ = _closed.Writer.TryWrite(
                        _closed.Reader.Count < HeldSegmentsMax ? closed : closed with { Records = null });
                }
            }
            while (more || (ending && _records.Reader.TryPeek(out _)));

            Volatile.Write(ref _failure, null);
        }
        catch (StorageException e)
        {
            Volatile.Write(ref _failure, e.Code);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Volatile.Write(ref _failure, e.GetType().Name);
        }
    }
}
