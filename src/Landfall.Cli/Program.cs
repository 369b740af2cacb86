using Landfall.Cli;
using Landfall.Engine.Workers;

// A worker is this program too; it starts often, and needs nothing of the command line.
return args is [WorkerCommand.Argument, ..]
    ? await WorkerProgram.RunAsync(args)
    : await CliApplication.RunAsync(args);
