using System.CommandLine;
using Landfall.Engine.Lakes;
using Landfall.Estate.Contracts;
using Landfall.Estate.Manifests;
using Landfall.Estate.Names;

namespace Landfall.Cli.Commands;

/// <summary><c>contract accept</c>: the owner's word that a source dropped a column for good.</summary>
internal sealed class ContractAcceptCommand : LandfallCommand
{
    private readonly Argument<string> _column = new("COLUMN")
    {
        Description = "A column of an integration's table: zone.integration.table.column, or the end of that name.",
    };

    public ContractAcceptCommand()
        : base(
            "accept",
            "Accept that a source no longer has a column, so that its values may become null: the contract says so.",
            "contract accept billing.customers.contact.phone")
    {
        Add(_column);
    }

    protected override Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string text = context.Arguments.GetRequiredValue(_column);
        int dot = text.LastIndexOf('.');
        if (dot <= 0)
        {
            throw new UsageException(
                CliCodes.UnknownColumn, $"{text} is no column of a table. Nothing was changed. Write table.column.");
        }

        EstateCatalog catalog = new(context.LoadEstate());
        CatalogTable table = TableArgument.Resolve(catalog, text[..dot]);
        ContractColumn column = Find(table, text[(dot + 1)..]);
        if (column.GoneFromSource)
        {
            context.Output.WriteInfo(
                $"{table.Name}.{column.Name} is accepted as gone from its source already. Nothing was changed.");
            return Task.FromResult(ExitCodes.Success);
        }

        string version = Write(context, table, column);
        context.Output.WriteInfo(
            $"{table.Contract!.File} says that the source of {table.Name} no longer has {column.Name}, and has version "
            + $"{version}. Values that are known become null where the source sends their rows again. Go on with: "
            + context.Invocation($"run --select {table.UnitId}"));
        return Task.FromResult(ExitCodes.Success);
    }

    private static ContractColumn Find(CatalogTable table, string name)
    {
        ContractTable? promise = table.Kind != TableKind.Enriched ? throw new UsageException(
            CliCodes.UnknownColumn,
            $"{table.Name} is no table of an integration, whose columns come from a source. Nothing was changed.")
            : table.Contract!.Tables.Single(t => t.Name == table.Name.Table);
        ContractColumn column = promise.Columns.FirstOrDefault(c => c.Name == name) ?? throw new UsageException(
            CliCodes.UnknownColumn,
            $"The contract of {table.Name} has no column {name}. Nothing was changed. "
            + Spelling.Hint(name, promise.Columns.Select(c => c.Name)));
        return !column.Required ? column : throw new UsageException(
            CliCodes.RequiredColumn,
            $"{table.Name}.{name} is required and cannot become null. Nothing was changed. Make it not required in the "
            + "contract, with a higher major version, or remove it there.");
    }

    private static string Write(CommandContext context, CatalogTable table, ContractColumn column)
    {
        string file = table.Contract!.File;
        (string text, string version) = ContractEditor.MarkGone(
            File.ReadAllText(Path.Combine(context.EstateFolder(), file)), table.Name.Table, column.Name,
            DateOnly.FromDateTime(context.Clock.GetUtcNow().UtcDateTime));
        EstateEdit.Write(context, file, text);
        return version;
    }
}
