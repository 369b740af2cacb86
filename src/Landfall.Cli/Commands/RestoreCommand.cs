using System.CommandLine;
using Landfall.Cli.Output;
using Landfall.Engine;
using Landfall.Engine.Lakes;
using Landfall.Engine.Maintenance;

namespace Landfall.Cli.Commands;

/// <summary><c>restore</c>: makes a table what it was, in a new version.</summary>
internal sealed class RestoreCommand : LandfallCommand
{
    private readonly Argument<string> _table = TableArgument.Create();

    private readonly Option<long?> _version = new("--version")
    {
        Description = "The version to go back to; history lists them.",
        HelpName = "N",
    };

    private readonly Option<DateTimeOffset?> _timestamp = new("--timestamp")
    {
        Description = "The time to go back to: the newest version committed by then. UTC unless it has an offset.",
        HelpName = "TIME",
        CustomParser = ParseTime,
    };

    public RestoreCommand()
        : base(
            "restore",
            "Make a table what it was at a version, in a new version. The next run builds it forward again from there.",
            "restore revenue_by_account_service --version 3",
            "restore usage_event --timestamp 2026-03-01T12:00:00Z")
    {
        Add(_table);
        Add(_version);
        Add(_timestamp);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using EngineSession session = context.OpenSession();
        CatalogTable table = TableArgument.Resolve(session.Catalog, context.Arguments.GetRequiredValue(_table));
        long? version = context.Arguments.GetValue(_version);
        DateTimeOffset? at = context.Arguments.GetValue(_timestamp);
        if (version is null == at is null)
        {
            throw new UsageException(
                CliCodes.BadQuantity, "Nothing was restored. Give either --version N or --timestamp TIME.");
        }

        EstateMaintenance maintenance = new(session, context.Output.WriteInfo);
        RestoreResult result = await maintenance.RestoreAsync(table, version, at, cancellationToken);
        Write(context.Output, table, result);
        context.Output.WriteInfo(result.Changed
            ? $"{table.Name} has the content of version {result.Restored} again, as version {result.Version}. The next "
              + "run builds it forward from there, because the record of what it was built from went back with it. See "
              + $"what would run with: {context.Invocation("plan --select " + table.Name)}. To keep it as it is, leave "
              + $"it out of runs: {context.Invocation("run --exclude " + table.Name)}"
            : $"{table.Name} has the content of version {result.Restored} already. Nothing was changed.");
        return ExitCodes.Success;
    }

    private static void Write(CliOutput output, CatalogTable table, RestoreResult result)
    {
        bool people = output.Format == OutputFormat.Table;
        IRowWriter rows = output.Rows(
            new("table"), new("restored", true), new("version", true), new("files_restored", true),
            new(people ? "came_back" : "bytes_restored", true), new("files_removed", true),
            new(people ? "went" : "bytes_removed", true));
        rows.Write(
        [
            table.Name.ToString(), result.Restored, result.Version, result.RestoredFiles,
            people ? Amount.Bytes(result.RestoredBytes) : result.RestoredBytes, result.RemovedFiles,
            people ? Amount.Bytes(result.RemovedBytes) : result.RemovedBytes,
        ]);
        rows.End();
    }

    private static DateTimeOffset? ParseTime(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (result.Tokens is [{ Value: { } text }] && DateTimeOffset.TryParse(
            text, System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal, out DateTimeOffset at))
        {
            return at;
        }

        result.AddError("--timestamp takes a time such as 2026-03-01T12:00:00Z.");
        return null;
    }
}
