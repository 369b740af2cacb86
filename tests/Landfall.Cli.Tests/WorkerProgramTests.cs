using Landfall.Recommender.Tasks;
using Landfall.Workers;

namespace Landfall.Cli.Tests;

public sealed class WorkerProgramTests
{
    [Fact]
    public void Tasks_All_AreThoseOfTheEngineAndTheRecommender()
    {
        IEnumerable<string> there = new[] { typeof(IWorkerTask).Assembly, typeof(ModelTasks).Assembly }
            .SelectMany(a => a.GetTypes())
            .Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(IWorkerTask)))
            .Select(t => t.Name);

        Assert.Equal(there.Order(StringComparer.Ordinal), Names().Order(StringComparer.Ordinal));
        Assert.Equal(WorkerProgram.Tasks.Count, WorkerProgram.Tasks.Select(t => t.Kind).Distinct().Count());
    }

    private static IEnumerable<string> Names() => WorkerProgram.Tasks.Select(t => t.GetType().Name).Distinct();
}
