using Landfall.Workers;

namespace Landfall.Recommender.Tasks;

/// <summary>What workers do for models.</summary>
public static class ModelTasks
{
    /// <summary>All tasks.</summary>
    public static IReadOnlyList<IWorkerTask> All =>
    [
        new GramTask(), new ModelTask(), new RecommendationTask(), new EmptyTask("exposure"), new EmptyTask("feedback"),
    ];
}
