using Landfall.Workers;

namespace Landfall.Engine.Engines;

/// <summary>
/// What an engine does inside the worker of a source whose rows come as texts: compare them with what came before, and
/// write them to raw with types.
/// </summary>
public interface ITextStaging
{
    /// <summary>Opens a stage; it may read the worker's scratch folder.</summary>
    /// <param name="context">The worker.</param>
    /// <param name="writeFolders">Folders that files may be written to.</param>
    ITextStage Open(WorkerContext context, IReadOnlyCollection<string> writeFolders);
}
