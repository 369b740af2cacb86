using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Planning;
using Landfall.Estate;
using Landfall.Workers;

namespace Landfall.Engine.Quality;

/// <summary>Lets a table's commit through only where the contract's rules hold for the table as it would be.</summary>
internal static class QualityGate
{
    /// <summary>Evaluates the rules of a table; returns the ones that only warn.</summary>
    /// <param name="lake">The lake that holds the table.</param>
    /// <param name="engine">Name of the pool's engine.</param>
    /// <param name="runWorkerAsync">Runs a task in the step's pool.</param>
    /// <param name="table">The table.</param>
    /// <param name="files">Its data files after the commit.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    /// <exception cref="LandfallException">LF4020 where a rule blocks the commit.</exception>
    public static async Task<ImmutableArray<string>> CheckAsync(
        Lake lake, string engine, Func<WorkerTask, CancellationToken, Task<JsonNode>> runWorkerAsync,
        CatalogTable table, ImmutableArray<AddFile> files, CancellationToken cancellationToken)
    {
        if (table.Table.Quality.Length == 0)
        {
            return [];
        }

        PinnedTable pinned = PinnedTable.Of(lake, table, files);
        ImmutableArray<QualityResult> results = EngineCalls.Quality.ResultOf(await runWorkerAsync(
            EngineCalls.Quality.Of(engine, new(pinned, table.Table.Quality), [pinned.Folder]), cancellationToken));
        return QualityReport.Blocking(results) is { } broken
            ? throw new LandfallException(
                "LF4020",
                $"{table.Name} breaks its contract: {broken}. Nothing was committed; the table is as it was. "
                + $"Mend the source or the rule, then run: landfall run --select {table.UnitId}")
            : [.. QualityReport.Warnings(results)];
    }
}
