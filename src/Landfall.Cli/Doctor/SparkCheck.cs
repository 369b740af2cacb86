using System.Globalization;
using Landfall.Engine.Lakes;
using Landfall.Engine.Spark;
using Landfall.Estate;
using Landfall.Estate.Zones;

namespace Landfall.Cli.Doctor;

/// <summary>
/// Looks at the Spark of each pool that names one: version, settings, round trip, and whether it sees the lake.
/// </summary>
internal static class SparkCheck
{
    /// <summary>A finding for each Spark; none where no pool names one.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAsync(
        CommandContext context, EstateDefinition? estate, CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        foreach (Zone zone in estate?.Zones ?? [])
        {
            foreach (Pool pool in zone.Pools.Where(p => p.Spark is not null))
            {
                findings.Add(await LookAsync(context, estate!, zone, pool, cancellationToken));
            }
        }

        return findings;
    }

    private static async Task<Finding> LookAsync(
        CommandContext context, EstateDefinition estate, Zone zone, Pool pool, CancellationToken cancellationToken)
    {
        string name = $"Spark of {zone.Id}/{pool.Id}";
        try
        {
            LandfallHome home = context.Home();
            SparkProbe found = await SparkProbe.RunAsync(
                pool.Spark!, new SecretVault(home).Resolve(pool.Secrets),
                NearestFolder(home.LakeRoot(context.TargetOf(estate))), cancellationToken);
            return new(name, CheckState.Ok, string.Create(
                CultureInfo.InvariantCulture,
                $"{found.Version} at {pool.Spark!.Target}: takes the settings, sees the lake, answers in "
                + $"{found.RoundTrip.TotalMilliseconds:0.0} ms"));
        }
        catch (LandfallException problem)
        {
            return new(
                name, CheckState.Missing, $"{problem.Code} {problem.Reportable().Message}",
                "See docs/spark.md; steps of this pool fail until then.");
        }
    }

    private static string NearestFolder(string folder)
    {
        while (!Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
