namespace Landfall.Delta;

/// <summary>
/// How a commit ended: <see cref="Committed"/>, <see cref="Conflicted"/> or <see cref="Retryable"/>. A value, because
/// the caller must decide what comes next.
/// </summary>
public abstract record CommitResult
{
    private protected CommitResult()
    {
    }
}
