using Landfall.Engine.Running;
using Landfall.Engine.Steps;
using Landfall.Workers;

namespace Landfall.Cli.Progress;

/// <summary>
/// Progress as plain lines, for logs and pipes: a line when a step starts and one when it ends. Steps with nothing to
/// do are counted and leave no line. Safe for concurrent use.
/// </summary>
/// <param name="say">Takes the lines.</param>
internal sealed class PlainRunObserver(Action<string> say) : IRunObserver
{
    private readonly Lock _gate = new();
    private int _steps;
    private int _ended;

    public void RunStarted(string runId, int steps) => _steps = steps;

    public void StepWaiting(StepNode step, string reason) => Line("wait", step, reason);

    public void StepStarted(StepNode step, string reason) => Line("start", step, reason);

    public void StepProgressed(StepNode step, WorkerProgress progress)
    {
        // Lines come when something begins or ends; in between there is nothing to decide on.
    }

    public void StepFinished(StepNode step, StepOutcome outcome)
    {
        lock (_gate)
        {
            _ended++;
            if (outcome.State != StepState.UpToDate)
            {
                Line(StepText.State(outcome), step, StepText.Result(outcome));
            }
        }
    }

    public void RunFinished(RunSummary summary)
    {
        // The report that follows says how the run ended.
    }

    private void Line(string state, StepNode step, string text)
    {
        lock (_gate)
        {
            string count = _steps.ToString();
            string ended = _ended.ToString().PadLeft(count.Length);
            say($"[{ended}/{count}] {state,-6} {StepText.Name(step)}{(text.Length == 0 ? "" : "  " + text)}");
        }
    }
}
