using System.Collections.Immutable;
using System.CommandLine;
using Landfall.Cli.Output;
using Landfall.Engine;
using Landfall.Recommender.Monitoring;
using Landfall.Recommender.Registry;

namespace Landfall.Cli.Commands;

/// <summary><c>recommender status</c>: how the model in service is doing.</summary>
internal sealed class RecommenderStatusCommand : LandfallCommand
{
    private readonly Option<string?> _product = ModelOption.Create();

    public RecommenderStatusCommand()
        : base(
            "status",
            "Show how the champion is doing: drift against what it was trained on, unknown services, fallback, "
            + "coverage, adoption of what was served, and age of its data. What is beyond its limit warns.",
            "recommender status",
            "recommender status --format json") => Add(_product);

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using EngineSession session = context.OpenSession();
        ModelMonitor monitor = new(
            session, ModelOption.Resolve(session.Estate, context.Arguments.GetValue(_product)));
        (ModelVersion version, ImmutableArray<Signal> signals) = await monitor.MeasureAsync(cancellationToken);
        Write(context.Output, signals);
        int warnings = signals.Count(s => s.Warns);
        context.Output.WriteInfo(
            $"Champion: version {version.Version}, trained through {version.TrainedThrough:yyyy-MM-dd}; "
            + $"{Amount.Count(warnings, "warning")}.");
        return ExitCodes.Success;
    }

    private static void Write(CliOutput output, ImmutableArray<Signal> signals)
    {
        bool people = output.Format == OutputFormat.Table;
        IRowWriter rows = output.Rows(
            new("signal"), new("value", true), new("unit"), new("limit", true), new("state"), new("meaning"));
        foreach (Signal signal in signals)
        {
            rows.Write(
            [
                signal.Name,
                people ? signal.Value?.ToString("0.####") ?? "-" : signal.Value,
                signal.Unit,
                people ? Limit(signal) : signal.Limit,
                signal.Warns ? "warning" : signal.Limit is null || signal.Value is null ? "" : "ok",
                signal.Meaning,
            ]);
        }

        rows.End();
    }

    private static string Limit(Signal signal) =>
        signal.Limit is { } limit ? $"{(signal.WarnsBelow ? "≥" : "≤")} {limit:0.####}" : "-";
}
