namespace Landfall.Workers;

/// <summary>Why a worker has no result.</summary>
/// <param name="Code">The diagnostic code: the task's own, or one of <c>LF4240</c> to <c>LF4245</c>.</param>
/// <param name="Message">
/// What is wrong, what state the data is in and what to do; without secrets and row values.
/// </param>
public sealed record WorkerFailure(string Code, string Message);
