namespace Landfall.Delta.Tests.Commits;

/// <summary>
/// The gates of one writer. It stops before each phase that it enters for the first time; opening a gate runs it up to
/// the next one.
/// </summary>
internal sealed class Gates
{
    private int _open = -1;
    private TaskCompletionSource? _waiting;
    private Phase _waitsFor;

    public Task EnterAsync(Phase phase)
    {
        if ((int)phase <= _open)
        {
            return Task.CompletedTask;
        }

        _waitsFor = phase;
        _waiting = new();
        return _waiting.Task;
    }

    /// <summary>Opens the next gate; the writer runs on the caller's thread.</summary>
    public void Open()
    {
        _open++;
        if (_waiting is { } waiting && (int)_waitsFor <= _open)
        {
            _waiting = null;
            waiting.SetResult();
        }
    }
}
