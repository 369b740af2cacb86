using System.Collections.Immutable;
using Landfall.Workers;

namespace Landfall.Engine.Engines;

/// <summary>
/// An engine that computes tables, chosen by the word <c>engine</c> of a pool. It runs inside a worker process of the
/// pool, which limits, confines and meters it; it writes data files under their final names, durable, and reports them,
/// and never commits.
/// </summary>
/// <remarks>
/// Requests name tables by their pinned files, schemas, changed files and portable queries, never in an engine's SQL.
/// One instance serves one request of a worker; what a request reads and writes lies within the worker's folders.
/// Failures are <see cref="Landfall.Estate.LandfallException"/>s whose reportable form quotes no values.
/// </remarks>
public interface IBuildEngine
{
    /// <summary>The word in the manifest, for example <c>duckdb</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Derives a table from landed files: rows typed by the contract, rows that break it quarantined.
    /// </summary>
    Task<EnrichResult> EnrichAsync(
        EnrichRequest request, WorkerContext context, CancellationToken cancellationToken);

    /// <summary>Builds a table from a query, whole or the partitions that changed inputs affect.</summary>
    Task<BuildResult> BuildAsync(BuildRequest request, WorkerContext context, CancellationToken cancellationToken);

    /// <summary>
    /// The values of the incremental column that changed rows affect, as text of the log, in order, null first.
    /// </summary>
    Task<ImmutableArray<string?>> FindAffectedPartitionsAsync(
        AffectedPartitionsRequest request, WorkerContext context, CancellationToken cancellationToken);

    /// <summary>Evaluates quality rules in their order.</summary>
    Task<ImmutableArray<QualityResult>> CheckQualityAsync(
        QualityRequest request, WorkerContext context, CancellationToken cancellationToken);
}
