using System.CommandLine;
using Landfall.Cli.Output;
using Landfall.Engine;
using Landfall.Engine.Lakes;
using Landfall.Engine.Maintenance;

namespace Landfall.Cli.Commands;

/// <summary><c>vacuum</c>: lists or deletes files that no version within the retention names.</summary>
internal sealed class VacuumCommand : LandfallCommand
{
    private readonly TablesArgument _tables = new();

    private readonly Option<string?> _retain = new("--retain")
    {
        Description = "How long removed files stay, for example 12h or 30d; what the table says by default, else 7d.",
        HelpName = "TIME",
    };

    private readonly Option<bool> _apply = new("--apply")
    {
        Description = "Delete the files; without it they are only listed.",
    };

    private readonly Option<bool> _mayBreakReaders = new("--may-break-readers")
    {
        Description = "Take a shorter time than the table's, although queries of older versions then fail and restore "
            + "cannot go back.",
    };

    public VacuumCommand()
        : base(
            "vacuum",
            "List files that tables no longer need, and delete them with --apply. Older versions that need them can no "
            + "longer be read or restored then.",
            "vacuum usage_event",
            "vacuum --all --apply",
            "vacuum usage_event --retain 30d --format json")
    {
        _tables.AddTo(this);
        Add(_retain);
        Add(_apply);
        Add(_mayBreakReaders);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using EngineSession session = context.OpenSession();
        IReadOnlyList<CatalogTable> tables = _tables.Resolve(context.Arguments, session.Catalog, _ => true);
        VacuumOptions options = new()
        {
            Retention = context.Arguments.GetValue(_retain) is { } text ? Quantity.Time("--retain", text) : null,
            MayBreakReaders = context.Arguments.GetValue(_mayBreakReaders),
        };
        EstateMaintenance maintenance = new(session, context.Output.WriteInfo);
        return context.Arguments.GetValue(_apply)
            ? await DeleteAsync(context, maintenance, tables, options, cancellationToken)
            : await ListAsync(context, maintenance, tables, options, cancellationToken);
    }

    private static async Task<int> ListAsync(
        CommandContext context, EstateMaintenance maintenance, IReadOnlyList<CatalogTable> tables,
        VacuumOptions options, CancellationToken cancellationToken)
    {
        CliOutput output = context.Output;
        bool people = output.Format == OutputFormat.Table;
        IRowWriter rows = output.Rows(
            new("table"), new("file"), new(people ? "size" : "bytes", true), new("modified"));
        (int files, long bytes) = (0, 0);
        int exit = await TableSweep.RunAsync(output, tables, async table =>
        {
            VacuumPlan? plan = await maintenance.PlanVacuumAsync(table, options, cancellationToken);
            foreach (VacuumFile file in plan?.Files ?? [])
            {
                files++;
                bytes += file.Bytes;
                rows.Write([table.Name.ToString(), file.Path, people ? Amount.Bytes(file.Bytes) : file.Bytes,
                    file.Modified]);
            }
        });
        rows.End();
        output.WriteInfo(files == 0
            ? "There is nothing to delete."
            : $"{Amount.Count(files, "file")}, {Amount.Bytes(bytes)}. Nothing was deleted. Delete them with: "
              + context.SameInvocation() + " --apply");
        return exit;
    }

    private static async Task<int> DeleteAsync(
        CommandContext context, EstateMaintenance maintenance, IReadOnlyList<CatalogTable> tables,
        VacuumOptions options, CancellationToken cancellationToken)
    {
        CliOutput output = context.Output;
        bool people = output.Format == OutputFormat.Table;
        IRowWriter rows = output.Rows(
            new("table"), new("version", true), new("files_deleted", true),
            new(people ? "deleted" : "bytes_deleted", true), new("folders_deleted", true));
        int files = 0;
        int exit = await TableSweep.RunAsync(output, tables, async table =>
        {
            if (await maintenance.VacuumAsync(table, options, cancellationToken) is { } result)
            {
                files += result.DeletedFiles;
                rows.Write([table.Name.ToString(), result.Version, result.DeletedFiles,
                    people ? Amount.Bytes(result.DeletedBytes) : result.DeletedBytes, result.DeletedFolders]);
            }
        });
        rows.End();
        output.WriteInfo(files == 0 ? "There was nothing to delete." : $"{Amount.Count(files, "file")} deleted.");
        return exit;
    }
}
