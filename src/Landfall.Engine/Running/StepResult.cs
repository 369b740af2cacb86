using Landfall.Engine.Steps;

namespace Landfall.Engine.Running;

/// <summary>A step of a run with its outcome.</summary>
/// <param name="Step">The step.</param>
/// <param name="Outcome">What it did.</param>
public sealed record StepResult(StepNode Step, StepOutcome Outcome);
