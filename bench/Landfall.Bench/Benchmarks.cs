using System.Collections.Immutable;

namespace Landfall.Bench;

/// <summary>The benchmarks by name, each a row a measurement.</summary>
internal static class Benchmarks
{
    /// <summary>Those of the estate: one builds on what the one before made.</summary>
    private static readonly string[] Estate = ["ingest", "revenue", "incremental"];

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> Names { get; } =
        ["log", "files", "training", "endpoint", "publication", "azure", "spark", .. Estate];

    /// <summary>Runs those that are named; the estate's with what they need before them.</summary>
    public static async Task RunAsync(BenchHome home, IReadOnlyCollection<string> names)
    {
        if (names.Contains("log"))
        {
            await LogBench.RunAsync(home);
        }

        if (names.Contains("files"))
        {
            await FilesBench.RunAsync(home);
        }

        if (names.Contains("training"))
        {
            TrainingBench.Run(home.Size);
        }

        if (names.Contains("endpoint"))
        {
            await EndpointBench.RunAsync(home);
        }

        if (names.Contains("publication"))
        {
            await PublicationBench.RunAsync(home);
        }

        if (names.Contains("azure"))
        {
            AzureBench.Run(home);
        }

        if (names.Contains("spark"))
        {
            await SparkBench.RunAsync(home);
        }

        if (names.Any(Estate.Contains))
        {
            await EstateBench.RunAsync(home, incremental: names.Contains("incremental"));
        }
    }
}
