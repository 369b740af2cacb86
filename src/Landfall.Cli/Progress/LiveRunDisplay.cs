using Landfall.Cli.Output;
using Landfall.Engine.Running;
using Landfall.Engine.Steps;
using Landfall.Workers;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Landfall.Cli.Progress;

/// <summary>
/// Progress on a terminal: ended steps scroll by as lines; below them stand the running steps with rows, bytes and time
/// left, and a line with n of m. Safe for concurrent use.
/// </summary>
internal sealed class LiveRunDisplay : IRunObserver
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly long _started;
    private readonly Dictionary<string, RunningStep> _running = [];
    private readonly Queue<string> _lines = [];
    private int _steps;
    private int _ended;

    private LiveRunDisplay(TimeProvider clock)
    {
        _clock = clock;
        _started = clock.GetTimestamp();
    }

    /// <summary>Shows a run on standard error until it ends.</summary>
    public static async Task<RunSummary> ShowAsync(Func<IRunObserver, Task<RunSummary>> run, TimeProvider clock)
    {
        IAnsiConsole console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        LiveRunDisplay display = new(clock);
        return await console.Live(Text.Empty).AutoClear(true).StartAsync(async live =>
        {
            Task<RunSummary> running = run(display);
            while (!running.IsCompleted)
            {
                await Task.WhenAny(running, Task.Delay(Refresh, clock));
                live.UpdateTarget(display.Render(console.Profile.Height));
            }

            return await running;
        });
    }

    public void RunStarted(string runId, int steps)
    {
        lock (_gate)
        {
            _steps = steps;
        }
    }

    public void StepWaiting(StepNode step, string reason)
    {
        lock (_gate)
        {
            _lines.Enqueue($"[yellow]wait[/]  {Markup.Escape(StepText.Name(step))}  [grey]{Markup.Escape(reason)}[/]");
        }
    }

    public void StepStarted(StepNode step, string reason)
    {
        lock (_gate)
        {
            _running[step.Key] = new(step, _clock.GetTimestamp(), null);
        }
    }

    public void StepProgressed(StepNode step, WorkerProgress progress)
    {
        lock (_gate)
        {
            if (_running.TryGetValue(step.Key, out RunningStep? known))
            {
                _running[step.Key] = known with { Progress = progress };
            }
        }
    }

    public void StepFinished(StepNode step, StepOutcome outcome)
    {
        lock (_gate)
        {
            _ended++;
            _running.Remove(step.Key);
            if (outcome.State != StepState.UpToDate)
            {
                _lines.Enqueue($"{Mark(outcome)} {Markup.Escape(StepText.Name(step))}  "
                    + $"[grey]{Markup.Escape(StepText.Result(outcome))}[/]");
            }
        }
    }

    public void RunFinished(RunSummary summary)
    {
        // The report that follows says how the run ended.
    }

    /// <summary>A terminal that is lower than the list shows its newest lines.</summary>
    private Rows Render(int height)
    {
        lock (_gate)
        {
            List<IRenderable> rows = [.. _running.Values.Select(r => (IRenderable)new Markup(r.Line(_clock)))];
            TimeSpan elapsed = _clock.GetElapsedTime(_started);
            rows.Add(new Markup($"[bold]{_ended} of {_steps} steps[/] [grey]{Amount.Time(elapsed)}[/]"));
            int room = Math.Max(0, height - rows.Count - 1);
            while (_lines.Count > room)
            {
                _lines.Dequeue();
            }

            return new Rows([.. _lines.Select(l => new Markup(l)), .. rows]);
        }
    }

    private static string Mark(StepOutcome outcome) => outcome.State switch
    {
        StepState.Done => "[green]done[/] ",
        StepState.Failed => "[red]FAIL[/] ",
        _ => "[yellow]skip[/] ",
    };
}
