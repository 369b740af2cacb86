namespace Landfall.Delta;

/// <summary>
/// Nothing was committed as far as is known, and nothing stands against it: committing the same transaction again is
/// safe, also where the first attempt went through after all.
/// </summary>
/// <param name="Message">What happened, for people, with a full stop.</param>
public sealed record Retryable(string Message) : CommitResult;
