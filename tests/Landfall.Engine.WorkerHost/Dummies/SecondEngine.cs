using System.Collections.Immutable;
using Landfall.Engine.DuckDb;
using Landfall.Engine.Engines;
using Landfall.Workers;

namespace Landfall.Engine.WorkerHost.Dummies;

/// <summary>An engine of another name, which reports as rows what it was asked, ten times over.</summary>
public sealed class SecondEngine : IBuildEngine
{
    private readonly DuckDbBuildEngine _engine = new();

    /// <summary>A word that manifests may name, and that this program has no other engine for.</summary>
    public string Name => "spark";

    public Task<EnrichResult> EnrichAsync(
        EnrichRequest request, WorkerContext context, CancellationToken cancellationToken) =>
        _engine.EnrichAsync(request, context, cancellationToken);

    public async Task<BuildResult> BuildAsync(
        BuildRequest request, WorkerContext context, CancellationToken cancellationToken)
    {
        BuildResult result = await _engine.BuildAsync(request, context, cancellationToken);
        return result with { Rows = result.Rows * 10 };
    }

    public Task<ImmutableArray<string?>> FindAffectedPartitionsAsync(
        AffectedPartitionsRequest request, WorkerContext context, CancellationToken cancellationToken) =>
        _engine.FindAffectedPartitionsAsync(request, context, cancellationToken);

    public Task<ImmutableArray<QualityResult>> CheckQualityAsync(
        QualityRequest request, WorkerContext context, CancellationToken cancellationToken) =>
        _engine.CheckQualityAsync(request, context, cancellationToken);
}
