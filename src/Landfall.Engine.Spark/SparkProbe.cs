using System.Diagnostics;
using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Writing;
using Landfall.Estate;
using Landfall.Estate.Names;
using Landfall.Estate.Zones;

namespace Landfall.Engine.Spark;

/// <summary>What a Spark is like that a pool names.</summary>
/// <param name="Version">Its version.</param>
/// <param name="RoundTrip">Time of one call that it answers at once.</param>
public sealed record SparkProbe(string Version, TimeSpan RoundTrip)
{
    /// <summary>
    /// Opens a session, gives it the settings that steps have, and has Spark and Landfall each write a file that the
    /// other reads; leaves nothing behind.
    /// </summary>
    /// <param name="spark">The Spark.</param>
    /// <param name="secrets">The pool's secrets.</param>
    /// <param name="folder">An existing folder of the lake; a folder is made in it, and removed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="LandfallException">
    /// LF4330 to LF4333: there is no such session to be had. LF4345: Spark does not see the folder.
    /// </exception>
    public static async Task<SparkProbe> RunAsync(
        SparkSettings spark, IReadOnlyDictionary<string, string> secrets, string folder,
        CancellationToken cancellationToken)
    {
        var address = SparkAddress.Parse(SecretReferences.Expand(spark.Address, secrets) ?? "");
        await using SparkSession session = await SparkSession.OpenAsync(
            address, new() { SessionId = $"{Guid.NewGuid():d}" }, cancellationToken);
        await session.ConfigureAsync(spark.Configuration.SetItems(SparkPins.All), cancellationToken);
        long began = Stopwatch.GetTimestamp();
        _ = await session.SettingAsync("spark.sql.ansi.enabled", cancellationToken);
        TimeSpan trip = Stopwatch.GetElapsedTime(began);
        string own = Path.Combine(folder, $"spark-probe-{Guid.NewGuid():n}");
        Directory.CreateDirectory(own);
        try
        {
            await SparkPlace.ProbeAsync(session, own, cancellationToken);
        }
        finally
        {
            Directory.Delete(own, recursive: true);
        }

        return new(session.Version, trip);
    }
}
