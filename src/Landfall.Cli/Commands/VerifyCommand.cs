using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Landfall.Cli.Output;
using Landfall.Engine;
using Landfall.Engine.Analysis;
using Landfall.Engine.Planning;
using Landfall.Engine.Steps;
using Landfall.Engine.Verification;

namespace Landfall.Cli.Commands;

/// <summary><c>verify</c>: whether tables are what a full rebuild gives.</summary>
internal sealed class VerifyCommand : LandfallCommand
{
    private const int ShownValues = 12;

    private readonly Argument<string[]> _products = new("PRODUCT")
    {
        Description = "Products, integrations or tables, as --select of run takes them.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _all = new("--all") { Description = "Every table of the estate." };

    public VerifyCommand()
        : base(
            "verify",
            "Build tables whole from what they were built from, and say whether the rows are the same.",
            "verify revenue-by-service",
            "verify billing.revenue_by_service.revenue_by_service --format json",
            "verify --all")
    {
        Add(_products);
        Add(_all);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string[] products = context.Arguments.GetValue(_products) ?? [];
        if (products.Length > 0 == context.Arguments.GetValue(_all))
        {
            throw new UsageException(
                CliCodes.UnknownTable, "Name products to verify, or all with --all. Nothing was verified.");
        }

        using EngineSession session = context.OpenSession();
        EstateAnalysis analysis = context.Analyse(session);
        ImmutableArray<StepNode> steps =
        [
            .. (await new EstatePlanner(session, analysis).SelectAsync(products, [], cancellationToken))
                .Where(s => s.Kind is StepKind.Enrich or StepKind.Build && IsSelect(analysis, s)),
        ];
        TableVerifier verifier = new(session, analysis, context.Output.WriteInfo);
        List<VerifiedTable> tables = [];
        foreach (StepNode step in steps)
        {
            context.Output.WriteInfo($"[{tables.Count + 1}/{steps.Length}] verify {step.Table}");
            tables.Add(await verifier.VerifyAsync(step, cancellationToken));
        }

        Write(context.Output, tables);
        return Report(context, tables);
    }

    /// <summary>What a model computes and what an endpoint writes is no select of anything.</summary>
    private static bool IsSelect(EstateAnalysis analysis, StepNode step) =>
        analysis.FindDefinition(step.Table) is not { Query: "" };

    private static void Write(CliOutput output, List<VerifiedTable> tables)
    {
        bool people = output.Format == OutputFormat.Table;
        IRowWriter rows = output.Rows(
            new("table"), new("state"), new("version", true), new("rows", true), new("missing", true),
            new("extra", true), new("column"), new(people ? "where" : "differences"), new("reason"));
        foreach (VerifiedTable table in tables)
        {
            bool known = table.State != VerifyState.Unverified;
            rows.Write(
            [
                table.Table.ToString(),
                table.State.ToString().ToLowerInvariant(),
                known ? table.Version : null,
                known ? table.Rows : null,
                known ? table.Missing : null,
                known ? table.Extra : null,
                table.Column,
                people ? Values(table) : Differences(table),
                table.Reason,
            ]);
        }

        rows.End();
    }

    private static string Values(VerifiedTable table)
    {
        string[] values = [.. table.Differences.Select(d => d.Value ?? "all")];
        string shown = string.Join(", ", values.Take(ShownValues));
        return values.Length > ShownValues ? $"{shown} and {values.Length - ShownValues} more" : shown;
    }

    private static JsonArray Differences(VerifiedTable table) =>
    [
        .. table.Differences.Select(d => (JsonNode)new JsonObject
        {
            ["value"] = d.Value, ["missing"] = d.Missing, ["extra"] = d.Extra,
        }),
    ];

    private static int Report(CommandContext context, List<VerifiedTable> tables)
    {
        CliOutput output = context.Output;
        foreach (VerifiedTable table in tables.Where(t => t.State == VerifyState.Unverified))
        {
            output.Fail(
                "LF4251",
                $"{table.Table} was not verified: {table.Reason.TrimEnd('.')}. It is as it was. Bring it up to date "
                + $"with: {context.Invocation($"run --select +{table.Table}")}");
        }

        foreach (VerifiedTable table in tables.Where(t => t.State == VerifyState.Differs))
        {
            output.Fail(
                "LF4250",
                $"{table.Table} differs from a full rebuild: {Amount.Count(table.Missing, "row")} missing, "
                + $"{Amount.Count(table.Extra, "row")} too many{(table.Column is null ? "" : $" ({table.Column}: "
                + $"{Values(table)})")}. The table is as it was. Build it whole with: "
                + context.Invocation($"run --select {table.Table} --full-refresh"));
        }

        int equal = tables.Count(t => t.State == VerifyState.Equal);
        output.WriteInfo($"{Amount.Count(equal)} of {Amount.Count(tables.Count, "table")} equal to a full rebuild.");
        return equal == tables.Count ? ExitCodes.Success : ExitCodes.Failure;
    }
}
