using Landfall.Workers;

namespace Landfall.Engine.Engines;

/// <summary>
/// The engine that tables are held against, whichever engine built them: a fault of one would repeat itself in its own
/// rebuild.
/// </summary>
public interface IVerifyEngine : IBuildEngine
{
    /// <summary>Compares a table with its full rebuild as multisets of rows.</summary>
    Task<CompareResult> CompareAsync(
        CompareRequest request, WorkerContext context, CancellationToken cancellationToken);
}
