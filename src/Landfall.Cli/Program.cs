using Landfall.Cli;
using Landfall.Workers;

return args is [WorkerCommand.Argument]
    ? await WorkerProgram.RunAsync()
    : await CliApplication.RunAsync(args);
