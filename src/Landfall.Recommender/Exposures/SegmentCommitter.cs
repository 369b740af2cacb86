using System.Threading.Channels;
using Landfall.Estate;

namespace Landfall.Recommender.Exposures;

/// <summary>Commits closed segments to the tables, in order, and joins the tables' small files daily.</summary>
/// <param name="tables">Where rows go.</param>
/// <param name="folder">Where segments are.</param>
/// <param name="options">How the log works.</param>
internal sealed class SegmentCommitter(ExposureTables tables, SegmentFolder folder, ExposureLogOptions options)
{
    private long _rowsCommitted;
    private long _recordsDamaged;
    private string? _failure;
    private long? _compacted;

    /// <summary>What the tables know the log by.</summary>
    public string Application { get; } = "landfall-exposures-" + folder.Id;

    /// <summary>Rows committed since the start.</summary>
    public long RowsCommitted => Interlocked.Read(ref _rowsCommitted);

    /// <summary>Records left out because they are damaged.</summary>
    public long RecordsDamaged => Interlocked.Read(ref _recordsDamaged);

    /// <summary>The code of what failed last and is being tried again.</summary>
    public string? Failure => Volatile.Read(ref _failure);

    /// <summary>Commits a segment, unless it is committed, and removes it.</summary>
    public async Task CommitAsync(ClosedSegment segment, CancellationToken cancellationToken)
    {
        int damaged = 0;
        IReadOnlyList<SegmentRecord> records =
            segment.Records ?? SegmentFormat.Read(folder.Read(segment.Number), out damaged);
        long rows = await tables.AppendAsync(
            Application, segment.Number, [.. records.Select(r => r.Served).OfType<ServedRecommendation>()],
            [.. records.SelectMany(r => r.Feedback)], cancellationToken);
        Interlocked.Add(ref _rowsCommitted, rows);
        if (damaged == 0)
        {
            folder.Remove(segment.Number);
            return;
        }

        Interlocked.Add(ref _recordsDamaged, damaged);
        folder.PutAside(segment.Number);
    }

    /// <summary>
    /// Commits segments as they are closed; one that it cannot commit it tries again until the end, because giving it
    /// up for a later one would count it as committed. Meanwhile <see cref="Failure"/> tells why.
    /// </summary>
    /// <param name="closed">Closed segments; the end of them ends the work.</param>
    /// <param name="abandon">Ends the work with segments left for the next start.</param>
    public async Task RunAsync(ChannelReader<ClosedSegment> closed, CancellationToken abandon)
    {
        try
        {
            await foreach (ClosedSegment segment in closed.ReadAllAsync(abandon))
            {
                while (!await TryAsync(() => QuietThread.RunAsync(() => CommitAsync(segment, abandon))))
                {
                    await Task.Delay(options.RetryPeriod, options.Clock, abandon);
                }

                if (!closed.Completion.IsCompleted && IsCompactionDue())
                {
                    _ = await TryAsync(() => QuietThread.RunAsync(() => tables.CompactAsync(abandon)));
                }
            }
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            // Segments stay where they are.
        }
    }

    private bool IsCompactionDue()
    {
        if (_compacted is { } last && options.Clock.GetElapsedTime(last) < options.CompactionPeriod)
        {
            return false;
        }

        _compacted = options.Clock.GetTimestamp();
        return true;
    }

    private async Task<bool> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            Volatile.Write(ref _failure, null);
            return true;
        }
        catch (LandfallException e)
        {
            Volatile.Write(ref _failure, e.Code);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Volatile.Write(ref _failure, e.GetType().Name);
        }

        return false;
    }
}
