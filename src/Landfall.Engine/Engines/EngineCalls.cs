using System.Collections.Immutable;
using Landfall.Workers;

namespace Landfall.Engine.Engines;

/// <summary>The calls of engines.</summary>
public static class EngineCalls
{
    /// <summary><see cref="IBuildEngine.EnrichAsync"/>.</summary>
    internal static EngineCall<EnrichRequest, EnrichResult> Enrich { get; } =
        new("enrich", EngineJson.Default);

    /// <summary><see cref="IBuildEngine.BuildAsync"/>.</summary>
    internal static EngineCall<BuildRequest, BuildResult> Build { get; } =
        new("build", EngineJson.Default);

    /// <summary><see cref="IBuildEngine.FindAffectedPartitionsAsync"/>.</summary>
    internal static EngineCall<AffectedPartitionsRequest, ImmutableArray<string?>> AffectedPartitions { get; } =
        new("affected", EngineJson.Default);

    /// <summary><see cref="IBuildEngine.CheckQualityAsync"/>.</summary>
    internal static EngineCall<QualityRequest, ImmutableArray<QualityResult>> Quality { get; } =
        new("quality", EngineJson.Default);

    /// <summary><see cref="IRemoteEngine.EndAsync"/>.</summary>
    internal static EngineCall<ImmutableArray<string>, ImmutableArray<RemoteUsage>> End { get; } =
        new("end", EngineJson.Default);

    /// <summary><see cref="IVerifyEngine.CompareAsync"/>.</summary>
    internal static EngineCall<CompareRequest, CompareResult> Compare { get; } =
        new("compare", EngineJson.Default);

    /// <summary>The tasks by which workers run an engine.</summary>
    public static IReadOnlyList<IWorkerTask> TasksOf(IBuildEngine engine) =>
    [
        Enrich.On(engine, engine.EnrichAsync),
        Build.On(engine, engine.BuildAsync),
        AffectedPartitions.On(engine, engine.FindAffectedPartitionsAsync),
        Quality.On(engine, engine.CheckQualityAsync),
        .. engine is IVerifyEngine verify ? [Compare.On(engine, verify.CompareAsync)] : Array.Empty<IWorkerTask>(),
        .. engine is IRemoteEngine remote ? [End.On(engine, remote.EndAsync)] : Array.Empty<IWorkerTask>(),
    ];
}
