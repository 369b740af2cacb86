namespace Landfall.Delta.Tests.Commits;

/// <summary>What a writer does, in order.</summary>
internal enum Phase
{
    Read,
    Prepare,
    Commit,
    Checkpoint,
    Post,
}
