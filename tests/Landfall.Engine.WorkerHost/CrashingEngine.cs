using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Landfall.Engine.DuckDb;
using Landfall.Engine.Engines;
using Landfall.Workers;

namespace Landfall.Engine.WorkerHost;

/// <summary>An engine that a file with <c>crash</c> in its name takes down with it, by a wild read of memory.</summary>
internal sealed class CrashingEngine : IBuildEngine
{
    private const nint NoAddress = 8;

    private readonly DuckDbBuildEngine _engine = new();

    public string Name => _engine.Name;

    public Task<EnrichResult> EnrichAsync(
        EnrichRequest request, WorkerContext context, CancellationToken cancellationToken)
    {
        if (request.Files.FirstOrDefault(f => f.Source.Contains("crash", StringComparison.Ordinal)) is { } file)
        {
            context.Begin($"the file {file.Source}");
            _ = strlen(NoAddress);
        }

        return _engine.EnrichAsync(request, context, cancellationToken);
    }

    public Task<BuildResult> BuildAsync(
        BuildRequest request, WorkerContext context, CancellationToken cancellationToken) =>
        _engine.BuildAsync(request, context, cancellationToken);

    public Task<ImmutableArray<string?>> FindAffectedPartitionsAsync(
        AffectedPartitionsRequest request, WorkerContext context, CancellationToken cancellationToken) =>
        _engine.FindAffectedPartitionsAsync(request, context, cancellationToken);

    public Task<ImmutableArray<QualityResult>> CheckQualityAsync(
        QualityRequest request, WorkerContext context, CancellationToken cancellationToken) =>
        _engine.CheckQualityAsync(request, context, cancellationToken);

    [DllImport("libc")]
    private static extern nint strlen(nint text);
}
