using System.CommandLine;
using Landfall.Cli.Output;
using Landfall.Engine;
using Landfall.Engine.Query;

namespace Landfall.Cli.Commands;

/// <summary><c>runs</c>: the newest runs.</summary>
internal sealed class RunsCommand : LandfallCommand
{
    private readonly Option<int> _limit = new("--limit")
    {
        Description = "How many, the newest first.",
        HelpName = "N",
        DefaultValueFactory = _ => 20,
    };

    public RunsCommand()
        : base(
            "runs",
            "List runs, the newest first. A run with nothing to do is not recorded.",
            "runs",
            "runs --limit 5") => Add(_limit);

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using EngineSession session = context.OpenSession();
        int limit = Math.Max(1, context.Arguments.GetValue(_limit));
        IReadOnlyList<RunRecord> runs = await new RunReader(session).ReadAsync(limit, cancellationToken);
        IRowWriter rows = context.Output.Rows(
            new("run"), new("started"), new("state"), new("seconds", true), new("committed", true),
            new("failed", true));
        foreach (RunRecord run in runs)
        {
            double? seconds = run.Seconds is { } s ? Math.Round(s, 1) : null;
            rows.Write([run.RunId, run.Started, run.State, seconds, run.Committed, run.Failed]);
        }

        rows.End();
        context.Output.WriteInfo(runs.Count == 0
            ? $"There are no runs yet. Start one with: {context.Invocation("run")}"
            : $"Read the log of one with: {context.Invocation("logs " + runs[0].RunId)}");
        return ExitCodes.Success;
    }
}
