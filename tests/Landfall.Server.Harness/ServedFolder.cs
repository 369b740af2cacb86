using System.Runtime.InteropServices;
using Landfall.Engine.DuckDb;
using Landfall.Engine.Lakes;
using Landfall.Recommender.Exposures;
using Landfall.Server.Endpoints;
using Landfall.Server.Keys;

namespace Landfall.Server.Harness;

/// <summary>An endpoint whose log and tables are in a folder, in a process that a test can kill.</summary>
public static class ServedFolder
{
    public static string ExposureOf(string folder) => Path.Combine(folder, "exposure");

    public static string FeedbackOf(string folder) => Path.Combine(folder, "feedback");

    /// <summary>Segments with rows that may be in no table yet.</summary>
    public static string[] Segments(string folder) =>
    [
        .. Directory.GetFiles(SegmentsOf(folder), "segment-*.jsonl").Where(f => new FileInfo(f).Length > 0),
    ];

    public static async Task<int> RunAsync(string folder, bool isLazy)
    {
        using CancellationTokenSource stop = new();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, s =>
        {
            s.Cancel = true;
            stop.Cancel();
        });
        await using (ExposureLog log = await OpenLogAsync(folder, isLazy))
        {
            RecommenderEndpoint endpoint = new(
                "cloud", EndpointKeys.Create(), new TinyAccounts(), log, c => c?.EndsWith('7') == true,
                new EndpointLimits());
            await using RecommenderServer server = await RecommenderServer.StartAsync(
                new() { Port = 0 }, [new(endpoint, new OneModel())], CancellationToken.None);
            Console.WriteLine($"READY {server.Address} {endpoint.Keys.Primary}");
            try
            {
                await Task.Delay(Timeout.Infinite, stop.Token);
            }
            catch (OperationCanceledException)
            {
                // Stopped by the signal.
            }
        }

        Console.WriteLine("DONE");
        return 0;
    }

    private static string SegmentsOf(string folder) => Path.Combine(folder, "segments");

    /// <summary>Segments are committed every half second, so that kills meet every phase.</summary>
    private static Task<ExposureLog> OpenLogAsync(string folder, bool isLazy) => ExposureLog.OpenAsync(
        new(
            ExposureOf(folder), FeedbackOf(folder), new DuckDbLocalEngine(),
            new IdSource(TimeProvider.System, Random.Shared),
            TimeProvider.System),
        new()
        {
            Folder = SegmentsOf(folder),
            SegmentAge = TimeSpan.FromMilliseconds(500),
            SegmentRows = 2_000,
            SyncPeriod = isLazy ? TimeSpan.FromHours(1) : new ExposureLogOptions { Folder = folder }.SyncPeriod,
        },
        CancellationToken.None);
}
