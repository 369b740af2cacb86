namespace Landfall.Engine.Running;

/// <summary>What went wrong beside the steps: with the run's own records, before, after or between them.</summary>
/// <param name="Code">The diagnostic code.</param>
/// <param name="Message">What failed, what state the data is in and what to do next.</param>
public sealed record RunProblem(string Code, string Message);
