using Landfall.Engine;
using Landfall.Recommender;
using Landfall.Serving.Publishing;
using Landfall.Sources.Files;
using Landfall.Workers;

namespace Landfall.Cli.Tests;

public sealed class WorkerProgramTests
{
    [Fact]
    public void Tasks_All_AreThoseOfTheEngineAndOfAllKinds()
    {
        Type[] parts = [typeof(EngineSession), typeof(FilesSourceKind), typeof(ModelProductKind), typeof(SqlPublisher)];
        IEnumerable<string> there = parts.Select(p => p.Assembly)
            .SelectMany(a => a.GetTypes())
            .Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(IWorkerTask)))
            .Select(t => t.Name);

        Assert.Equal(there.Order(StringComparer.Ordinal), Names().Order(StringComparer.Ordinal));
        Assert.Equal(WorkerProgram.Tasks.Count, WorkerProgram.Tasks.Select(t => t.Kind).Distinct().Count());
    }

    /// <summary>Every call of every engine is a task of its own.</summary>
    [Fact]
    public void Tasks_OfEngines_AreTheFiveCalls() => Assert.Equal(
        ["duckdb-affected", "duckdb-build", "duckdb-compare", "duckdb-enrich", "duckdb-quality"],
        WorkerProgram.Tasks.Select(t => t.Kind).Where(k => k.StartsWith("duckdb-", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));

    private static IEnumerable<string> Names() => WorkerProgram.Tasks.Select(t => t.GetType().Name).Distinct();
}
