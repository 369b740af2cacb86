using Landfall.Cli.Output;
using Landfall.Engine.Steps;
using Landfall.Workers;
using Spectre.Console;

namespace Landfall.Cli.Progress;

/// <summary>A step that runs now.</summary>
/// <param name="Step">The step.</param>
/// <param name="Started">Timestamp of its start.</param>
/// <param name="Progress">What its worker said last; null before it said anything.</param>
internal sealed record RunningStep(StepNode Step, long Started, WorkerProgress? Progress)
{
    /// <summary>The step as a line of markup: what, rows, bytes, time and time left.</summary>
    public string Line(TimeProvider clock)
    {
        TimeSpan elapsed = clock.GetElapsedTime(Started);
        List<string> facts = [];
        if (Progress is { } progress)
        {
            if (progress.RowsDone > 0)
            {
                facts.Add(Amount.Count(progress.RowsDone, "row"));
            }

            if (progress.BytesDone > 0)
            {
                string total = progress.BytesTotal > 0 ? " of " + Amount.Bytes(progress.BytesTotal) : "";
                facts.Add(Amount.Bytes(progress.BytesDone) + total);
            }
        }

        facts.Add(Amount.Time(elapsed));
        if (Left(elapsed) is { } left)
        {
            facts.Add($"about {Amount.Time(left)} left");
        }

        string text = Markup.Escape(string.Join(", ", facts));
        return $"[blue]...[/]  {Markup.Escape(StepText.Name(Step))}  [grey]{text}[/]";
    }

    /// <summary>The rest at the pace so far; unknown in the first second and without a total.</summary>
    private TimeSpan? Left(TimeSpan elapsed) =>
        elapsed.TotalSeconds >= 1 && Progress is { BytesDone: > 0 } p && p.BytesTotal > p.BytesDone
            ? elapsed * ((p.BytesTotal - p.BytesDone) / (double)p.BytesDone)
            : null;
}
