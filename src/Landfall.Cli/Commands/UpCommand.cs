using System.CommandLine;
using System.Diagnostics;
using Landfall.Cli.Demo;
using Landfall.Cli.Output;
using Landfall.Cli.Serving;
using Landfall.Engine;
using Landfall.Engine.Analysis;
using Landfall.Engine.Lakes;
using Landfall.Engine.Running;
using Landfall.Estate;
using Landfall.Server.Estates;

namespace Landfall.Cli.Commands;

/// <summary><c>up</c>: from nothing to tables; safe to repeat, continues where it was.</summary>
internal sealed class UpCommand : LandfallCommand
{
    private readonly Option<bool> _noServe = new("--no-serve")
    {
        Description = "End after the run: make and start no server of tables or models.",
    };

    public UpCommand()
        : base(
            "up",
            "Bring the whole estate up: the demo's source systems where they are missing, a run, then the servers of "
            + "its tables and models, which go on in the background. Safe to repeat.",
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

        SqlServing sql = new(context, estate);
        bool serves = !context.Arguments.GetValue(_noServe);
        if (serves && sql.IsDeclared)
        {
            _ = await sql.Server.EnsureAsync(cancellationToken);
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

        if (serves && exitCode != ExitCodes.Interrupted)
        {
            await ServeAsync(context, estate, sql, cancellationToken);
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

    /// <summary>Leaves what serves running, and says where it is.</summary>
    private static async Task ServeAsync(
        CommandContext context, EstateDefinition estate, SqlServing sql, CancellationToken cancellationToken)
    {
        if (EstateServer.ProductsOf(estate).IsEmpty && !sql.IsDeclared)
        {
            return;
        }

        string address = await new BackgroundServer(context.Home()).EnsureAsync(
            context.ServeArguments(), cancellationToken);
        context.Output.WriteText();
        if (address.Length > 0)
        {
            string keys = context.Invocation("recommender keys");
            context.Output.WriteText($"Models are served at {address.TrimEnd('/')}; keys: {keys}");
        }

        if (sql.IsDeclared && sql.Server.Find() is { } server)
        {
            context.Output.WriteText($"Tables are served by PostgreSQL at {server.Host}:{server.Port}:");
            context.Output.WriteText("  " + context.Invocation("user list"));
            context.Output.WriteText("  " + context.Invocation("user password USER"));
            context.Output.WriteText("  " + context.Invocation("bi connect PRODUCT"));
        }

        context.Output.WriteText($"This goes on in the background. Stop it with: {context.Invocation("down")}");
    }

    private static TimeSpan SinceStart(TimeProvider clock)
    {
        using Process self = Process.GetCurrentProcess();
        return clock.GetUtcNow().UtcDateTime - self.StartTime.ToUniversalTime();
    }
}
