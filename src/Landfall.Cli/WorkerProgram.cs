using Landfall.Engine.DuckDb.Exporting;
using Landfall.Engine.Engines;
using Landfall.Serving.Publishing;
using Landfall.Workers;

namespace Landfall.Cli;

/// <summary>
/// The program as a worker process: <c>landfall worker</c>, started by the engine and by nobody else.
/// </summary>
internal static class WorkerProgram
{
    /// <summary>Everything that a worker can do.</summary>
    public static IReadOnlyList<IWorkerTask> Tasks =>
    [
        .. SourceKinds.All.SelectMany(k => k.Tasks),
        .. ProductKinds.All.SelectMany(k => k.Tasks),
        .. BuildEngines.All.SelectMany(EngineCalls.TasksOf),
        SqlPublisher.TaskOf(new DuckDbTableExport()),
    ];

    /// <summary>How the engine starts workers.</summary>
    public static WorkerCommand Command() => WorkerCommand.Current();

    /// <summary>Runs as a worker to its exit code.</summary>
    public static Task<int> RunAsync() => WorkerHost.RunAsync(
        Tasks,
        Console.OpenStandardInput(),
        Console.OpenStandardOutput(),
        TimeProvider.System,
        CancellationToken.None);
}
