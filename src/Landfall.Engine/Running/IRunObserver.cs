using Landfall.Engine.Steps;
using Landfall.Workers;

namespace Landfall.Engine.Running;

/// <summary>Watches a run. Calls come from several threads at once and must return quickly.</summary>
public interface IRunObserver
{
    /// <summary>The run starts.</summary>
    /// <param name="runId">Its id.</param>
    /// <param name="steps">How many steps it has, those with nothing to do included.</param>
    void RunStarted(string runId, int steps);

    /// <summary>A step has waited for a while for something that is not this run's.</summary>
    /// <param name="step">The step.</param>
    /// <param name="reason">What it waits for; one phrase.</param>
    void StepWaiting(StepNode step, string reason);

    /// <summary>A step starts to work; steps with nothing to do only finish.</summary>
    void StepStarted(StepNode step, string reason);

    /// <summary>A step went on.</summary>
    void StepProgressed(StepNode step, WorkerProgress progress);

    /// <summary>A step ended.</summary>
    void StepFinished(StepNode step, StepOutcome outcome);

    /// <summary>The run ended.</summary>
    void RunFinished(RunSummary summary);
}
