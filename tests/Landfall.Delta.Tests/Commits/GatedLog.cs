using Landfall.Testing.Delta;

namespace Landfall.Delta.Tests.Commits;

/// <summary>
/// One writer's way to a log that both share, with a gate before each phase that the test opens: commit at the first
/// log entry, checkpoint at the first checkpoint, post after that. Everything runs on the test's thread.
/// </summary>
internal sealed class GatedLog(ILogStore inner, Gates gates) : DelegatingLogStore(inner)
{
    public override async Task<bool> PutIfAbsentAsync(
        string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await gates.EnterAsync(Phase.Commit);
        return await base.PutIfAbsentAsync(name, content, cancellationToken);
    }

    public override async Task PutAsync(
        string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await gates.EnterAsync(name == "_last_checkpoint" ? Phase.Post : Phase.Checkpoint);
        await base.PutAsync(name, content, cancellationToken);
    }
}
