using System.Collections.Immutable;
using Landfall.Estate.Contracts;
using Landfall.Estate.Reading;
using Landfall.Estate.Zones;

namespace Landfall.Estate.Validation;

/// <summary>
/// What integrations and products have in common: owner, pool, and the same tables in manifest and contract.
/// </summary>
internal static class UnitChecks
{
    /// <summary>Checks owner and pool; gives the pool when there is one.</summary>
    public static Pool? CheckHead(
        EstateDefinition estate, Zone zone, string key, string id, string owner, string poolId, Report report)
    {
        IdentityChecks.CheckOwner(estate, report, $"{key}/owner", owner);
        if (!report.Known("LF1031", $"{key}/pool", poolId, zone.Pools.Select(p => p.Id), "pool"))
        {
            return null;
        }

        Pool pool = zone.Pools.First(p => p.Id == poolId);
        if (pool.DedicatedTo is { } only && only != id)
        {
            report.Error(
                "LF1034", $"{key}/pool", $"The pool '{poolId}' is dedicated to '{only}'.",
                "Choose a shared pool or one of its own.");
        }

        return pool;
    }

    /// <summary>Reports tables that only the manifest or only the contract has.</summary>
    public static void CheckTables(string key, ImmutableArray<string> manifest, Contract contract, Report report)
    {
        if (contract.Tables.IsEmpty)
        {
            return;
        }

        string[] promised = [.. contract.Tables.Select(t => t.Name)];
        foreach (string table in manifest)
        {
            _ = report.Known("LF1041", $"{key}/table:{table}", table, promised, $"table in {contract.File} named");
        }

        foreach (string table in promised.Where(t => t.Length > 0 && !manifest.Contains(t)))
        {
            report.Error(
                "LF1042", $"{key}/contract/table:{table}", $"The table '{table}' is not in the manifest.",
                "Add it to the manifest's tables, or remove it here.");
        }
    }
}
