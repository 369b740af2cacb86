using System.Diagnostics;

namespace Landfall.Engine.DuckDb.Tests.Storage;

/// <summary>
/// Kills processes: some time after the first acknowledgement, or at a random moment of the phase it aims at, which
/// takes as long as it learnt before. A kill may miss; what it hit is the last phase that the process announced.
/// </summary>
internal sealed class Killer(Random random)
{
    /// <summary>Aims at any moment.</summary>
    public const string Any = "any";

    private static readonly TimeSpan AnyMax = TimeSpan.FromMilliseconds(400);

    /// <summary>
    /// Mean time that the first of each kind of phase took in a process, and of how many: that is the one that is hit,
    /// and code that runs for the first time takes several times as long.
    /// </summary>
    private readonly Dictionary<string, (TimeSpan Mean, int Count)> _times = new(StringComparer.Ordinal);

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private string? _aim;
    private double _share;
    private long _since;

    /// <summary>The phase that the process was in when it last spoke.</summary>
    public string Phase { get; private set; } = "";

    /// <summary>Ends when the kill took place.</summary>
    public Task Killing { get; private set; } = Task.CompletedTask;

    /// <summary>Begins with another process, which is left alone where there is no aim.</summary>
    public void Begin(string? aim)
    {
        (_aim, _share, Phase, Killing) = (aim, random.NextDouble(), "", Task.CompletedTask);
        _seen.Clear();
    }

    /// <summary>Takes what the process said.</summary>
    public void Hear(Process process, string line)
    {
        string[] words = line.TrimEnd('.').Split(' ');
        if (words[0] == "PHASE")
        {
            Learn();
            Phase = words[1];
        }

        if (_aim == Any ? words[0] == "ACK" : words[0] == "PHASE" && Phase == _aim)
        {
            Killing = KillAsync(process, _share * (_aim == Any ? AnyMax : _times.GetValueOrDefault(Phase).Mean * 1.1));
            _aim = null;
        }
    }

    private void Learn()
    {
        if (Phase.Length > 0 && _seen.Add(Phase))
        {
            (TimeSpan mean, int count) = _times.GetValueOrDefault(Phase);
            _times[Phase] = (((mean * count) + Stopwatch.GetElapsedTime(_since)) / (count + 1), count + 1);
        }

        _since = Stopwatch.GetTimestamp();
    }

    private static Task KillAsync(Process process, TimeSpan after) => Task.Factory.StartNew(
        () =>
        {
            // Timers are too coarse for phases of a few milliseconds.
            long heard = Stopwatch.GetTimestamp();
            Thread.Sleep(Math.Max(0, (int)after.TotalMilliseconds - 2));
            SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(heard) >= after);
            if (!process.HasExited)
            {
                process.Kill();
            }
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
