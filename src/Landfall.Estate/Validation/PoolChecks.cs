using Landfall.Estate.Management;
using Landfall.Estate.Names;
using Landfall.Estate.Reading;
using Landfall.Estate.Zones;

namespace Landfall.Estate.Validation;

/// <summary>The Spark of a pool is one that it may reach, by settings that keep what tables promise.</summary>
internal static class PoolChecks
{
    private const string Engine = "spark";

    public static void CheckSpark(EstateDefinition estate, Zone zone, Pool pool, Report report)
    {
        string key = $"zone:{zone.Id}/pool:{pool.Id}";
        if (pool.Spark is not { } spark)
        {
            CheckUnused(zone, pool, report, key);
            return;
        }

        if (pool.Engine != Engine)
        {
            report.Error(
                "LF1087", $"{key}/spark", $"The pool '{pool.Id}' has the engine {pool.Engine}, which has no Spark.",
                "Remove spark, or write engine: spark.");
        }

        CheckTarget(estate, spark.Target, $"{key}/spark/address", report);
        if (spark.UiTarget is { } ui)
        {
            CheckTarget(estate, ui, $"{key}/spark/ui", report);
        }

        CheckSecrets(zone, pool, spark, key, report);
        foreach (string name in spark.Configuration.Keys.Where(SparkPins.Has))
        {
            report.Error(
                "LF1088", $"{key}/spark/configuration/{name}",
                $"The setting {name} is Landfall's own: tables would differ by engine with another value.",
                "Remove it.");
        }
    }

    /// <summary>A pool that nothing uses may wait for its Spark.</summary>
    private static void CheckUnused(Zone zone, Pool pool, Report report, string key)
    {
        bool isUsed = zone.Integrations.Select(i => i.Pool).Concat(zone.Products.Select(p => p.Pool))
            .Contains(pool.Id, StringComparer.Ordinal);
        if (pool.Engine == Engine && isUsed && zone.Tools.Engines.Contains(Engine))
        {
            report.Error(
                "LF1087", $"{key}/engine", $"The pool '{pool.Id}' has the engine spark and does not say where it is.",
                $"Add spark: {{ address: \"{SparkSettings.Shape}\" }}, or choose another engine.");
        }
    }

    private static void CheckTarget(EstateDefinition estate, EgressTarget target, string place, Report report)
    {
        if (target.Host is { Length: > 0 } && target.RefusalBy(estate.Management) is { } refusal)
        {
            report.Error("LF3010", place, refusal.Problem, refusal.Advice);
        }
    }

    private static void CheckSecrets(Zone zone, Pool pool, SparkSettings spark, string key, Report report)
    {
        foreach (string name in SecretReferences.NamesIn(spark.Address).Where(n => !pool.Secrets.Contains(n)))
        {
            report.Error(
                "LF1039", $"{key}/spark/address", $"The pool '{pool.Id}' may not have the secret '{name}'.",
                $"Add '{name}' to the pool's secrets in {zone.Id}/zone.yaml.");
        }

        if (spark is { HasToken: true, UsesTls: false } && !spark.Target.IsThisMachine)
        {
            report.Error(
                "LF1089", $"{key}/spark/address",
                $"The token for {spark.Target} would be readable by anyone on the way there.",
                "Add use_ssl=true to the address; a plain server needs a proxy that ends TLS.");
        }
    }
}
