
// A program to be started by the tests of workers: as a worker, or as one that starts workers.
using Landfall.Engine.DuckDb;
using Landfall.Engine.Engines;
using Landfall.Engine.WorkerHost;
using Landfall.Engine.WorkerHost.Dummies;
using Landfall.Sources.Files;
using Landfall.Workers;

return args[0] switch
{
    "worker" => await Landfall.Workers.WorkerHost.RunAsync(
        TestTasks.All, Console.OpenStandardInput(), Console.OpenStandardOutput(), TimeProvider.System, default),
    "forgetful" => await Landfall.Workers.WorkerHost.RunAsync(
        [.. new FilesSourceKind().Tasks, .. EngineCalls.TasksOf(new ForgetfulEngine())],
        Console.OpenStandardInput(),
        Console.OpenStandardOutput(), TimeProvider.System, default),
    "crashing" => await Landfall.Workers.WorkerHost.RunAsync(
        [.. new FilesSourceKind().Tasks, .. EngineCalls.TasksOf(new CrashingEngine())],
        Console.OpenStandardInput(),
        Console.OpenStandardOutput(), TimeProvider.System, default),
    "dummies" => await Landfall.Workers.WorkerHost.RunAsync(
        [
            .. new NumbersSourceKind().Tasks, .. EngineCalls.TasksOf(new DuckDbBuildEngine()),
            .. EngineCalls.TasksOf(new SecondEngine()),
        ],
        Console.OpenStandardInput(), Console.OpenStandardOutput(), TimeProvider.System, default),
    "census" => await Census.RunAsync(WorkerCommand.Current()),
    _ => await Orchestrator.RunAsync(WorkerCommand.Current()),
};
