using System.Collections.Immutable;
using Landfall.Estate.Agreements;
using Landfall.Estate.Contracts;
using Landfall.Estate.Names;
using Landfall.Estate.Reading;
using Landfall.Estate.Zones;

namespace Landfall.Estate.Validation;

/// <summary>Agreements name a table of their zone and a product of another.</summary>
internal static class AgreementChecks
{
    public static void Check(EstateDefinition estate, Zone zone, Report report)
    {
        foreach (Agreement agreement in zone.Agreements)
        {
            string key = $"zone:{zone.Id}/agreement:{agreement.Id}";
            CheckProvider(zone, agreement, $"{key}/provider", report);
            CheckConsumer(estate, zone, agreement, $"{key}/consumer", report);
            if (agreement is { Start: { } start, End: { } end } && end <= start)
            {
                report.Error(
                    "LF1074", $"{key}/endTimestamp", "The agreement ends before it begins.", "Write a later end.");
            }
        }
    }

    private static void CheckProvider(Zone zone, Agreement agreement, string key, Report report)
    {
        if (agreement.ProviderZone.Length > 0 && agreement.ProviderZone != zone.Id)
        {
            report.Error(
                "LF1071", $"{key}/teamId", $"The provider is '{agreement.ProviderZone}' but the file is {zone.Id}'s.",
                $"Write teamId: {zone.Id}; only a zone itself grants access to its tables.");
            return;
        }

        ImmutableSortedDictionary<string, Contract> contracts = ZoneChecks.Contracts(zone);
        if (report.Known(
            "LF1071", $"{key}/dataProductId", agreement.ProviderUnit, contracts.Keys, "integration or product"))
        {
            Contract contract = contracts[agreement.ProviderUnit];
            if (!contract.Tables.IsEmpty && report.Known(
                "LF1071", $"{key}/outputPortId", agreement.ProviderTable, contract.Tables.Select(t => t.Name),
                $"table of {agreement.ProviderUnit}"))
            {
                CheckColumns(contract.Tables.Single(t => t.Name == agreement.ProviderTable), agreement, key, report);
            }
        }
    }

    private static void CheckColumns(ContractTable table, Agreement agreement, string key, Report report)
    {
        foreach (string column in agreement.Columns)
        {
            _ = report.Known(
                "LF1071", $"{key[..key.LastIndexOf('/')]}/columns", column, table.Columns.Select(c => c.Name),
                $"column of {agreement.ProviderTable}");
        }
    }

    /// <summary>A consumer may join later: a missing one is a warning.</summary>
    private static void CheckConsumer(
        EstateDefinition estate, Zone zone, Agreement agreement, string key, Report report)
    {
        if (agreement.ConsumerZone.Length == 0 || report.IsUnreadable(TableName.SqlName(agreement.ConsumerZone)))
        {
            return;
        }

        if (agreement.ConsumerZone == zone.Id)
        {
            report.Error(
                "LF1073", $"{key}/teamId", "The consumer is the provider's own zone.",
                "Remove the agreement; products read tables of their own zone without one.");
            return;
        }

        Zone? consumer = estate.Zones.FirstOrDefault(z => z.Id == agreement.ConsumerZone);
        if (consumer is null)
        {
            report.Warning(
                "LF1072", $"{key}/teamId", $"There is no zone '{agreement.ConsumerZone}' yet.",
                Spelling.Hint(agreement.ConsumerZone, estate.Zones.Select(z => z.Id).Where(id => id != zone.Id)));
        }
        else if (agreement.ConsumerProduct.Length > 0
            && !consumer.Products.Any(p => p.Id == agreement.ConsumerProduct))
        {
            report.Warning(
                "LF1072", $"{key}/dataProductId",
                $"The zone '{consumer.Id}' has no product '{agreement.ConsumerProduct}' yet.",
                Spelling.Hint(agreement.ConsumerProduct, consumer.Products.Select(p => p.Id)));
        }
    }
}
