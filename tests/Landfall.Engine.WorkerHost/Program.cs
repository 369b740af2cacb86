
// A program to be started by the tests of workers: as a worker, or as one that starts workers.
using Landfall.Engine.DuckDb.Staging;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Engine.Ingest.Landing;
using Landfall.Engine.WorkerHost;
using Landfall.Workers;

return args[0] switch
{
    "worker" => await Landfall.Workers.WorkerHost.RunAsync(
        TestTasks.All, Console.OpenStandardInput(), Console.OpenStandardOutput(), TimeProvider.System, default),
    "forgetful" => await Landfall.Workers.WorkerHost.RunAsync(
        [.. new FilesSourceKind().Tasks, .. EngineCalls.TasksOf(new ForgetfulEngine())],
        Console.OpenStandardInput(),
        Console.OpenStandardOutput(), TimeProvider.System, default),
    "census" => await Census.RunAsync(WorkerCommand.Current()),
    _ => await Orchestrator.RunAsync(WorkerCommand.Current()),
};
