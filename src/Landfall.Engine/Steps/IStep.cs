using Landfall.Estate;

namespace Landfall.Engine.Steps;

/// <summary>Does the work of a kind of steps. One instance serves a run; its calls may overlap.</summary>
public interface IStep
{
    /// <summary>
    /// Looks whether the step has anything to do, under its lock, and does it: at most one commit to its table.
    /// </summary>
    /// <exception cref="LandfallException">It cannot be done; what state the data is in stands in the message.
    /// </exception>
    Task<StepOutcome> ExecuteAsync(IStepHost host, CancellationToken cancellationToken);
}
