using System.CommandLine;
using System.Globalization;
using Landfall.Engine.Lakes;

namespace Landfall.Cli.Commands;

/// <summary>The argument of commands about one batch of an integration's table.</summary>
internal static class BatchArgument
{
    /// <summary>Makes the argument.</summary>
    public static Argument<string> Create() => new("BATCH")
    {
        Description = "A batch of an integration's table: zone.integration.table/N, or the end of that name.",
    };

    /// <summary>Finds what a text means.</summary>
    /// <exception cref="UsageException">LF4904 for no such table, LF4915 for what is no batch of one.</exception>
    public static (CatalogTable Table, long Batch) Resolve(EstateCatalog catalog, string text)
    {
        int slash = text.LastIndexOf('/');
        return slash > 0 && long.TryParse(
            text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long batch) && batch > 0
            ? (Enriched(catalog, text[..slash]), batch)
            : throw new UsageException(
                CliCodes.BadBatch,
                $"{text} is no batch. Nothing was done. Write the table and the batch's number: "
                + "billing.invoices.invoice/12.");
    }

    /// <summary>Finds the table of an integration that a text means.</summary>
    /// <exception cref="UsageException">LF4904 for no such table, LF4915 for one that no batches come to.</exception>
    public static CatalogTable Enriched(EstateCatalog catalog, string text)
    {
        CatalogTable table = TableArgument.Resolve(catalog, text);
        return table.Kind == TableKind.Enriched ? table : throw new UsageException(
            CliCodes.BadBatch,
            $"{table.Name} is no table of an integration, which batches come to. Nothing was done. List tables with: "
            + "landfall status");
    }
}
