using System.Diagnostics;
using Landfall.Testing;

namespace Landfall.Cli.Tests.Estates;

/// <summary>
/// Kills of runs, and how many met one at work. A kill while a run is still planning, or after its end, tries nothing;
/// on a machine with other work that is most of them, so some wait for the run's first intent. Not thread-safe.
/// </summary>
internal sealed class RunKill
{
    /// <summary>Exit code of a process that was killed.</summary>
    public const int Killed = 128 + 9;

    /// <summary>Kills so far.</summary>
    public int Count { get; private set; }

    /// <summary>Those that waited for an intent.</summary>
    public int Aimed { get; private set; }

    /// <summary>Those after a run's first intent and before its end.</summary>
    public int Hits { get; private set; }

    /// <summary>Whether the next one waits for an intent: the first does, and every second after it.</summary>
    public bool IsAimed => Count % 2 == 0;

    /// <summary>Kills a run that just began, some time after its start or its first intent.</summary>
    public async Task KillAsync(Process run, string lake, TimeSpan after)
    {
        string log = Path.Combine(lake, "management", "curated", "platform", "runs", "_delta_log");
        int before = Begun(log);
        if (IsAimed)
        {
            Aimed++;
            await Eventually.TrueAsync(() => run.HasExited || Begun(log) > before);
        }

        // The moment of the kill is what is tried.
        await Task.Delay(after);
        run.Kill(entireProcessTree: false);
        await run.WaitForExitAsync();
        Hits += run.ExitCode == Killed && Begun(log) > before ? 1 : 0;
        Count++;
    }

    /// <summary><c>n of n kills met a run at work</c>.</summary>
    public override string ToString() => $"{Hits} of {Count} kills met a run at work";

    /// <summary>Runs that recorded a first intent: the statistics of that commit say that they started.</summary>
    private static int Begun(string log) => !Directory.Exists(log) ? 0 : Directory.GetFiles(log, "*.json")
        .Count(f => File.ReadAllText(f).Contains("run-started", StringComparison.Ordinal));
}
