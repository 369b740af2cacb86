using Landfall.Estate.Contracts;
using Landfall.Estate.Integrations;
using Landfall.Estate.Management;
using Landfall.Estate.Names;
using Landfall.Estate.Types;
using Landfall.Estate.Zones;

namespace Landfall.Estate.Validation;

/// <summary>An integration's pool, tools, secrets and egress, and its tables against its contract.</summary>
internal static class IntegrationChecks
{
    public static void Check(EstateDefinition estate, Zone zone, Integration integration, Report report)
    {
        string key = $"zone:{zone.Id}/integration:{integration.Id}";
        Pool? pool = UnitChecks.CheckHead(
            estate, zone, key, integration.Id, integration.Owner, integration.Pool, report);
        switch (integration.Source)
        {
            case PostgresSource postgres:
                ZoneChecks.CheckTool(zone, report, $"{key}/source/type", "postgres", zone.Tools.Sources, "sources");
                CheckEgress(estate, postgres, key, report);
                CheckSecrets(zone, pool, postgres, key, report);
                break;
            case FilesSource { Location.Length: > 0 }:
                ZoneChecks.CheckTool(zone, report, $"{key}/source/type", "files", zone.Tools.Sources, "sources");
                break;
            default:
                break;
        }

        UnitChecks.CheckTables(
            key, [.. integration.Tables.Select(t => t.Name).Where(n => n.Length > 0)], integration.Contract, report);
        foreach (IntegrationTable table in integration.Tables)
        {
            CheckTable(integration, table, $"{key}/table:{table.Name}", report);
        }
    }

    private static void CheckEgress(EstateDefinition estate, PostgresSource source, string key, Report report)
    {
        if (source.Host.Length > 0
            && EgressTarget.Of(source.Host, source.Port).RefusalBy(estate.Management) is { } refusal)
        {
            report.Error("LF3010", $"{key}/source/host", refusal.Problem, refusal.Advice);
        }
    }

    private static void CheckSecrets(Zone zone, Pool? pool, PostgresSource source, string key, Report report)
    {
        (string Part, string Value)[] parts =
        [
            ("host", source.Host), ("port", source.Port), ("database", source.Database), ("user", source.User),
            ("password", source.Password),
        ];
        foreach ((string part, string value) in parts)
        {
            foreach (string name in SecretReferences.NamesIn(value)
                .Where(n => pool is not null && !pool.Secrets.Contains(n)))
            {
                report.Error(
                    "LF1039", $"{key}/source/{part}", $"The pool '{pool!.Id}' may not have the secret '{name}'.",
                    $"Add '{name}' to the pool's secrets in {zone.Id}/zone.yaml.");
            }
        }
    }

    private static void CheckTable(Integration integration, IntegrationTable table, string key, Report report)
    {
        ContractTable? promised = integration.Contract.Tables.FirstOrDefault(t => t.Name == table.Name);
        foreach (string column in table.Rename.Keys.Order(StringComparer.Ordinal))
        {
            _ = UnitChecks.FindColumn(integration.Contract, table.Name, column, $"{key}/rename/{column}", report);
        }

        if (integration.Source is not PostgresSource)
        {
            if (table.Mode == LoadMode.Upsert)
            {
                report.Error(
                    "LF1043", $"{key}/mode", "Mode upsert needs a postgres source.", "Write append or snapshot.");
            }

            return;
        }

        CheckMode(table, promised, key, report);
        CheckCursor(integration, table, key, report);
    }

    private static void CheckMode(IntegrationTable table, ContractTable? promised, string key, Report report)
    {
        if (table.Mode == LoadMode.Upsert && promised is { PrimaryKey.IsEmpty: true })
        {
            report.Error(
                "LF1043", $"{key}/mode", "Mode upsert needs a primary key.",
                "Mark the key's columns in the contract with primaryKey: true.");
        }

        if (table.Mode == LoadMode.Append && table.Cursor.Length == 0)
        {
            report.Error(
                "LF1043", $"{key}/mode", "Mode append needs a cursor: without one each run would add every row again.",
                "Add cursor: the column that grows, or write snapshot.");
        }

        if (table.Mode == LoadMode.Snapshot && table.Cursor.Length > 0)
        {
            report.Error(
                "LF1048", $"{key}/cursor", "'cursor' has no meaning here: a snapshot reads every row.",
                "Remove it, or write append or upsert.");
        }
    }

    private static void CheckCursor(Integration integration, IntegrationTable table, string key, Report report)
    {
        if (table.Cursor.Length == 0)
        {
            return;
        }

        ContractColumn? column = UnitChecks.FindColumn(
            integration.Contract, table.Name, table.Cursor, $"{key}/cursor", report);
        if (column is not null && column.Type.Kind
            is not (TypeKind.Timestamp or TypeKind.Date or TypeKind.Int or TypeKind.BigInt or TypeKind.Decimal))
        {
            report.Error(
                "LF1045", $"{key}/cursor", $"The cursor '{column.Name}' is {column.Type}.",
                "Choose a timestamp, a date or a number that grows.");
        }
    }
}
