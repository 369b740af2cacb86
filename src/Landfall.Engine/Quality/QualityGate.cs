using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.Quality;

/// <summary>Lets a table's commit through only where the contract's rules hold for the table as it would be.</summary>
internal static class QualityGate
{
    /// <summary>Evaluates the rules of a table; returns the ones that only warn.</summary>
    /// <param name="host">The step.</param>
    /// <param name="table">The table.</param>
    /// <param name="rules">What holds it.</param>
    /// <param name="files">Its data files after the commit.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    /// <exception cref="LandfallException">LF4020 where a rule blocks the commit.</exception>
    public static async Task<ImmutableArray<string>> CheckAsync(
        IStepHost host, CatalogTable table, ImmutableArray<QualityRule> rules, ImmutableArray<AddFile> files,
        CancellationToken cancellationToken)
    {
        if (rules.Length == 0)
        {
            return [];
        }

        PinnedTable pinned = host.Lake.Pin(table, files);
        ImmutableArray<QualityResult> results = EngineCalls.Quality.ResultOf(await host.RunWorkerAsync(
            EngineCalls.Quality.Of(host.Node.Pool, new(pinned, rules), [pinned.Folder]),
            cancellationToken));
        return QualityReport.Blocking(results) is { } broken
            ? throw new LandfallException(
                "LF4020",
                $"{table.Name} breaks its contract: {broken}. Nothing was committed; the table is as it was. "
                + $"Mend the source or the rule, then run: landfall run --select {table.UnitId}")
            : [.. QualityReport.Warnings(results)];
    }
}
