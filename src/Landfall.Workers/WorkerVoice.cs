using System.Text.Json;

namespace Landfall.Workers;

/// <summary>What a worker says to the one that started it: a line a message. Safe for concurrent use.</summary>
internal sealed class WorkerVoice(Stream output, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private long? _last;
    private WorkerProgress? _unsaid;

    /// <summary>Says how far the task is, at most ten times a second.</summary>
    public void Progress(WorkerProgress progress)
    {
        lock (_gate)
        {
            _unsaid = progress;
            if (_last is not { } last || clock.GetElapsedTime(last) >= Interval)
            {
                _last = clock.GetTimestamp();
                SayProgress();
            }
        }
    }

    /// <summary>Says the last word, after progress that is unsaid.</summary>
    public void Say(WorkerMessage message)
    {
        lock (_gate)
        {
            SayProgress();
            Write(message);
        }
    }

    private void SayProgress()
    {
        if (_unsaid is not null)
        {
            Write(new() { Type = WorkerMessage.ProgressType, Progress = _unsaid });
            _unsaid = null;
        }
    }

    private void Write(WorkerMessage message)
    {
        output.Write([.. JsonSerializer.SerializeToUtf8Bytes(message, WorkerJson.Default.WorkerMessage), (byte)'\n']);
        output.Flush();
    }
}
