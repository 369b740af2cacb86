using Landfall.Estate.Integrations;
using Landfall.Estate.Reading;
using Landfall.Estate.Sources;
using Landfall.Estate.Zones;

namespace Landfall.Estate.Validation;

/// <summary>An integration's pool and source, and its tables against its contract.</summary>
internal static class IntegrationChecks
{
    public static void Check(
        EstateDefinition estate, Zone zone, Integration integration, IReadOnlyCollection<ISourceManifest> kinds,
        Report report)
    {
        string key = $"zone:{zone.Id}/integration:{integration.Id}";
        Pool? pool = UnitChecks.CheckHead(
            estate, zone, key, integration.Id, integration.Owner, integration.Pool, report);
        foreach (string way in integration.Serve)
        {
            report.RequireTool(zone.Id, $"{key}/serve", way, zone.Tools.Serving, "serving");
        }

        SourceCheck check = new(estate, zone, pool, integration, report);

        // None where the manifest does not tell its kind, which is reported when it is read.
        ISourceManifest? kind = kinds.FirstOrDefault(k => k.Type == integration.Source.Type);
        kind?.Check(check);
        UnitChecks.CheckTables(
            key, [.. integration.Tables.Select(t => t.Name).Where(n => n.Length > 0)], integration.Contract, report);
        foreach (IntegrationTable table in integration.Tables)
        {
            foreach (string column in table.Rename.Keys.Order(StringComparer.Ordinal))
            {
                _ = check.FindColumn(table, column, $"rename/{column}");
            }

            kind?.CheckTable(check, table);
        }
    }
}
