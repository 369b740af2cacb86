using Landfall.Workers;

namespace Landfall.Engine.Ingest;

/// <summary>Adds up what several threads have done and reports it a few times a second.</summary>
/// <param name="context">Receives the reports.</param>
/// <param name="bytesTotal">Bytes in all.</param>
public sealed class ProgressMeter(WorkerContext context, long bytesTotal)
{
    private const long IntervalMilliseconds = 200;
    private long _rows;
    private long _bytes;
    private long _next;

    /// <summary>Adds rows and bytes.</summary>
    public void Add(long rows, long bytes)
    {
        long allRows = Interlocked.Add(ref _rows, rows);
        long allBytes = Interlocked.Add(ref _bytes, bytes);
        long now = Environment.TickCount64;
        long due = Interlocked.Read(ref _next);
        if (now >= due && Interlocked.CompareExchange(ref _next, now + IntervalMilliseconds, due) == due)
        {
            context.Report(allRows, allBytes, bytesTotal);
        }
    }
}
