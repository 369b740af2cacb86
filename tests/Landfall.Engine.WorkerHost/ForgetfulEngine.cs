using System.Collections.Immutable;
using Landfall.Engine.DuckDb;
using Landfall.Engine.Engines;
using Landfall.Workers;

namespace Landfall.Engine.WorkerHost;

/// <summary>
/// An engine that is wrong on purpose: where an input lost rows and got others, it looks for affected values among
/// those that came only.
/// </summary>
internal sealed class ForgetfulEngine : IVerifyEngine
{
    private readonly DuckDbBuildEngine _engine = new();

    public string Name => _engine.Name;

    public Task<EnrichResult> EnrichAsync(
        EnrichRequest request, WorkerContext context, CancellationToken cancellationToken) =>
        _engine.EnrichAsync(request, context, cancellationToken);

    public Task<BuildResult> BuildAsync(
        BuildRequest request, WorkerContext context, CancellationToken cancellationToken) => _engine.BuildAsync(
            request with { Inputs = [.. request.Inputs.Select(Forget)] }, context, cancellationToken);

    public Task<ImmutableArray<string?>> FindAffectedPartitionsAsync(
        AffectedPartitionsRequest request, WorkerContext context, CancellationToken cancellationToken) =>
        _engine.FindAffectedPartitionsAsync(request, context, cancellationToken);

    public Task<ImmutableArray<QualityResult>> CheckQualityAsync(
        QualityRequest request, WorkerContext context, CancellationToken cancellationToken) =>
        _engine.CheckQualityAsync(request, context, cancellationToken);

    public Task<CompareResult> CompareAsync(
        CompareRequest request, WorkerContext context, CancellationToken cancellationToken) =>
        _engine.CompareAsync(request, context, cancellationToken);

    private static BuildInput Forget(BuildInput input) => input.Changes is { Added.IsEmpty: false } changes
        ? input with { Changes = changes with { Removed = [] } }
        : input;
}
