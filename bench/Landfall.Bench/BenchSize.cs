using System.Collections.Immutable;

namespace Landfall.Bench;

/// <summary>How much the benchmarks do. The tiny one measures nothing: it shows that each runs and agrees.</summary>
internal sealed record BenchSize
{
    public static BenchSize Full { get; } = new();

    public static BenchSize Tiny { get; } = new()
    {
        IsTiny = true,
        Scale = 0.001,
        Days = 40,
        Commits = 40,
        CommitsPerWriter = 5,
        ManyFiles = 30,
        SmallFiles = 4,
        RowsPerSmallFile = 100,
        Services = [20, 60],
        PeakRounds = 100_000,
        ScoringSeconds = 0.05,
        LoadSeconds = 0.2,
        RateMax = 600,
        WarmUpRates = [200],
        PublishedRows = 4_800,
        Sessions = 3,
        SessionSeconds = 0.2,
        AzureZones = 2,
        AzureProducts = 2,
        Policies = 8,
    };

    public bool IsTiny { get; init; }

    /// <summary>Relecloud's scale.</summary>
    public double Scale { get; init; } = 0.05;

    /// <summary>Days of Relecloud's history.</summary>
    public int Days { get; init; } = 180;

    /// <summary>Commits of the log that is opened.</summary>
    public int Commits { get; init; } = 10_000;

    public int CommitsPerWriter { get; init; } = 1_000;

    /// <summary>Files to land.</summary>
    public int ManyFiles { get; init; } = 100_000;

    /// <summary>Files to join.</summary>
    public int SmallFiles { get; init; } = 400;

    public int RowsPerSmallFile { get; init; } = 20_000;

    /// <summary>Services of the models trained, one model each.</summary>
    public ImmutableArray<int> Services { get; init; } = [500, 2_000, 5_000, 10_000];

    /// <summary>Rounds of multiply-adds that tell the machine's peak.</summary>
    public int PeakRounds { get; init; } = 50_000_000;

    /// <summary>Seconds of scoring that count, after a quarter of them to warm up.</summary>
    public double ScoringSeconds { get; init; } = 2;

    /// <summary>Seconds of each load on an endpoint.</summary>
    public double LoadSeconds { get; init; } = 4;

    /// <summary>Requests a second that are not exceeded.</summary>
    public double RateMax { get; init; } = double.PositiveInfinity;

    public ImmutableArray<int> WarmUpRates { get; init; } = [500, 4_000];

    /// <summary>Rows of the product that is published.</summary>
    public int PublishedRows { get; init; } = 2_400_000;

    /// <summary>Analysts at once.</summary>
    public int Sessions { get; init; } = 50;

    /// <summary>Seconds that they send statements.</summary>
    public double SessionSeconds { get; init; } = 10;

    /// <summary>Landing zones of the estate that is generated for Azure.</summary>
    public int AzureZones { get; init; } = 15;

    /// <summary>Products of each of them.</summary>
    public int AzureProducts { get; init; } = 20;

    /// <summary>Definitions of policies that are evaluated on it.</summary>
    public int Policies { get; init; } = 400;
}
