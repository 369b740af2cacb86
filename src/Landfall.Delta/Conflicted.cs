namespace Landfall.Delta;

/// <summary>Another writer committed something that this transaction must not ignore. Nothing was committed.</summary>
/// <param name="Kind">Which of Delta's rules was broken.</param>
/// <param name="WinnerVersion">The version that won.</param>
/// <param name="Message">What happened, for people, with a full stop.</param>
public sealed record Conflicted(ConflictKind Kind, long WinnerVersion, string Message) : CommitResult;
