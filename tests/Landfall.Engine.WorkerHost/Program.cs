using Landfall.Engine.Ingest;
using Landfall.Engine.Quality;
using Landfall.Engine.WorkerHost;
using Landfall.Engine.Workers;

// A program to be started by the tests of workers: as a worker, or as one that starts workers.
return args[0] switch
{
    "worker" => await Landfall.Engine.Workers.WorkerHost.RunAsync(
        TestTasks.All, Console.OpenStandardInput(), Console.OpenStandardOutput(), TimeProvider.System, default),
    "forgetful" => await Landfall.Engine.Workers.WorkerHost.RunAsync(
        [.. IngestTasks.All, new ForgetfulBuild(), new QualityTask()], Console.OpenStandardInput(),
        Console.OpenStandardOutput(), TimeProvider.System, default),
    "census" => await Census.RunAsync(WorkerCommand.Current()),
    _ => await Orchestrator.RunAsync(WorkerCommand.Current()),
};
