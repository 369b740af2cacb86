using System.Text.Json;

namespace Landfall.Workers;

/// <summary>
/// Writes what a worker reports to the process that started it: a line a message. Safe for concurrent use.
/// </summary>
internal sealed class WorkerMessageWriter(Stream output, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private long? _last;
    private WorkerProgress? _pending;

    /// <summary>Reports how far the task is, at most ten times a second, and what it begins at once.</summary>
    public void Progress(WorkerProgress progress)
    {
        lock (_gate)
        {
            if (progress.Begins is not null)
            {
                WriteLine(new() { Type = WorkerMessage.ProgressType, Progress = progress });
                return;
            }

            _pending = progress;
            if (_last is not { } last || clock.GetElapsedTime(last) >= Interval)
            {
                _last = clock.GetTimestamp();
                WriteProgress();
            }
        }
    }

    /// <summary>Writes the last message, after progress that is not written yet.</summary>
    public void Write(WorkerMessage message)
    {
        lock (_gate)
        {
            WriteProgress();
            WriteLine(message);
        }
    }

    private void WriteProgress()
    {
        if (_pending is not null)
        {
            WriteLine(new() { Type = WorkerMessage.ProgressType, Progress = _pending });
            _pending = null;
        }
    }

    private void WriteLine(WorkerMessage message)
    {
        output.Write([.. JsonSerializer.SerializeToUtf8Bytes(message, WorkerJson.Default.WorkerMessage), (byte)'\n']);
        output.Flush();
    }
}
