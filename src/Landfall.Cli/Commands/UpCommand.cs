using System.CommandLine;
using System.Diagnostics;
using Landfall.Cli.Demo;
using Landfall.Cli.Output;
using Landfall.Engine;
using Landfall.Engine.Analysis;
using Landfall.Engine.Lakes;
using Landfall.Engine.Running;
using Landfall.Estate;

namespace Landfall.Cli.Commands;

/// <summary><c>up</c>: from nothing to tables; safe to repeat, continues where it was.</summary>
internal sealed class UpCommand : LandfallCommand
{
    private readonly Option<bool> _noServe = new("--no-serve")
    {
        Description = "End after the run. Nothing is served yet, so that up always does.",
    };

    public UpCommand()
        : base(
            "up",
            "Bring the whole estate up: the demo's source systems where they are missing, then a run. Safe to repeat.",
            "up",
            "up --no-serve",
            "up --estate estates/focus --location cost-export=bill.csv") => Add(_noServe);

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        EstateDefinition estate = context.LoadEstate();
        if (DemoSources.Serves(estate, context.HasLocations))
        {
            await new DemoSources(context).EnsureAsync(DemoSettings.Default, cancellationToken);
        }

        using EngineSession session = context.OpenSession(estate);
        if (DemoSources.Serves(estate, context.HasLocations))
        {
            await new DemoApplication(context, session).ReplayAsync(cancellationToken);
        }

        EstateAnalysis analysis = await context.AnalyseAsync(session, cancellationToken);
        RunRequest everything = new(analysis.Steps, FullRefresh: false);
        RunSummary summary = await new RunDriver(context, session, analysis).RunAsync(everything, cancellationToken);
        RunReport.Print(context, session, summary);
        int exitCode = RunDriver.ExitCodeOf(summary);
        if (exitCode == ExitCodes.Success)
        {
            Guide(context, session);
        }

        context.Output.WriteInfo($"Took {Amount.Time(SinceStart(context.Clock))} from start to end.");
        return exitCode;
    }

    private static void Guide(CommandContext context, EngineSession session)
    {
        CliOutput output = context.Output;
        string table = (session.Catalog.Tables.FirstOrDefault(t => t.Kind == TableKind.Product)
            ?? session.Catalog.Tables.First()).Name.ToString();
        output.WriteText();
        output.WriteText($"The tables are in {session.Lake.Root}");
        output.WriteText("Look around:");
        output.WriteText("  " + context.Invocation("status"));
        output.WriteText("  " + context.Invocation($"show {table}"));
        output.WriteText("  " + context.Invocation($"query \"select count(*) as n from {table}\""));
    }

    private static TimeSpan SinceStart(TimeProvider clock)
    {
        using Process self = Process.GetCurrentProcess();
        return clock.GetUtcNow().UtcDateTime - self.StartTime.ToUniversalTime();
    }
}
