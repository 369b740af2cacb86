using Landfall.Engine.Engines;
using Landfall.Workers;

namespace Landfall.Engine.DuckDb.Staging;

/// <summary>Staging by DuckDB inside the worker's process, locked to its folders.</summary>
public sealed class DuckDbStaging : ITextStaging
{
    /// <inheritdoc/>
    public ITextStage Open(WorkerContext context, IReadOnlyCollection<string> writeFolders) =>
        new DuckDbStage(context.OpenDuckDb([context.ScratchFolder], writeFolders, keepOrder: false));
}
