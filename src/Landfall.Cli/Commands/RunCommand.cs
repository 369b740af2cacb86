using System.CommandLine;
using Landfall.Cli.Demo;
using Landfall.Engine;
using Landfall.Engine.Analysis;

namespace Landfall.Cli.Commands;

/// <summary><c>run</c>: brings tables up to date.</summary>
internal sealed class RunCommand : LandfallCommand
{
    private readonly SelectionOptions _selection = new();
    private readonly Option<bool> _verifySources = new("--verify-sources")
    {
        Description = "Compare landed files by their content, also where size and time are as they were.",
    };

    public RunCommand()
        : base(
            "run",
            "Bring tables up to date. Steps with nothing to do make no commit; stopping and running again is safe.",
            "run",
            "run --select +revenue-by-service",
            "run --select zone:operations --exclude cloud-accounts",
            "run --select revenue-by-service --full-refresh",
            "run --verify-sources")
    {
        _selection.AddTo(this);
        Add(_verifySources);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using EngineSession session = context.OpenSession();
        new DemoSources(context).AdviseIfStopped(session.Estate);
        EstateAnalysis analysis = await context.AnalyseAsync(session, cancellationToken);
        return await new RunDriver(context, session, analysis).RunAsync(
            context.Arguments.GetValue(_selection.Select) ?? [],
            context.Arguments.GetValue(_selection.Exclude) ?? [],
            steps => new(
                steps, context.Arguments.GetValue(_selection.FullRefresh), context.Arguments.GetValue(_verifySources)),
            cancellationToken);
    }
}
