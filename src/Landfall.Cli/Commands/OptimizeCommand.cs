using System.CommandLine;
using Landfall.Cli.Output;
using Landfall.Engine;
using Landfall.Engine.Lakes;
using Landfall.Engine.Maintenance;

namespace Landfall.Cli.Commands;

/// <summary><c>optimize</c>: joins small files of tables.</summary>
internal sealed class OptimizeCommand : LandfallCommand
{
    private readonly TablesArgument _tables = new();

    private readonly Option<string> _target = new("--target-size")
    {
        Description = "Size that joined files come near to; files of three quarters of it stay as they are.",
        HelpName = "SIZE",
        DefaultValueFactory = _ => "128MiB",
    };

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Say what would be joined, and join nothing.",
    };

    public OptimizeCommand()
        : base(
            "optimize",
            "Join small files of tables, partition by partition. Rows stay the same, and older versions readable.",
            "optimize usage_event",
            "optimize --all --dry-run",
            "optimize billing.revenue_by_service.revenue_by_service --target-size 64MiB --format json")
    {
        _tables.AddTo(this);
        Add(_target);
        Add(_dryRun);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using EngineSession session = context.OpenSession();
        IReadOnlyList<CatalogTable> tables =
            _tables.Resolve(context.Arguments, session.Catalog, EstateMaintenance.IsOptimized);
        string target = context.Arguments.GetRequiredValue(_target);
        OptimizeOptions options = new() { TargetBytes = Quantity.Size("--target-size", target) };
        bool dryRun = context.Arguments.GetValue(_dryRun);
        CliOutput output = context.Output;
        bool people = output.Format == OutputFormat.Table;
        IRowWriter rows = output.Rows(
            new("table"), new("state"), new("version", true), new("files_removed", true),
            new(people ? "removed" : "bytes_removed", true), new("files_added", true),
            new(people ? "added" : "bytes_added", true));
        EstateMaintenance maintenance = new(session, context.Output.WriteInfo);
        int joined = 0;
        int exit = await TableSweep.RunAsync(output, tables, async table =>
        {
            object?[] row = dryRun
                ? Row(table, await maintenance.PlanOptimizeAsync(table, options, cancellationToken))
                : Row(table, await maintenance.OptimizeAsync(table, options, cancellationToken));
            joined += row[3] is int files ? files : 0;
            rows.Write(people ? [.. row.Select((v, i) => i is 4 or 6 && v is long b ? Amount.Bytes(b) : v)] : row);
        });
        rows.End();
        output.WriteInfo(joined == 0 ? "There is nothing to join."
            : dryRun ? $"{Amount.Count(joined, "file")} would be joined. Do it by leaving out --dry-run."
            : $"{Amount.Count(joined, "file")} joined. The old ones stay for older versions until vacuum deletes them: "
              + context.Invocation("vacuum --all"));
        return exit;
    }

    private static object?[] Row(CatalogTable table, OptimizePlan? plan) => plan is null
        ? Nothing(table)
        : [table.Name.ToString(), plan.Bins.IsEmpty ? "up-to-date" : "would-join", plan.Snapshot.Version, plan.Files,
            plan.Bytes, plan.Bins.Length, plan.Bins.IsEmpty ? 0L : null];

    private static object?[] Row(CatalogTable table, OptimizeResult? result) => result is null
        ? Nothing(table)
        : [table.Name.ToString(), result.Commits == 0 ? "up-to-date" : "joined", result.Version, result.RemovedFiles,
            result.RemovedBytes, result.AddedFiles, result.AddedBytes];

    private static object?[] Nothing(CatalogTable table) =>
        [table.Name.ToString(), EstateMaintenance.IsOptimized(table) ? "no-data" : "kept-by-batch", null, 0, 0L, 0, 0L];
}
