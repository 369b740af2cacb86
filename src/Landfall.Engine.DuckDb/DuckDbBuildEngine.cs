using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Building;
using Landfall.Engine.DuckDb.Enriching;
using Landfall.Engine.DuckDb.Quality;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Workers;

namespace Landfall.Engine.DuckDb;

/// <summary>The default engine: DuckDB inside the worker's process, locked to the request's folders.</summary>
public sealed class DuckDbBuildEngine : IVerifyEngine
{
    /// <summary>The engine's word in manifests.</summary>
    internal const string Word = "duckdb";

    /// <inheritdoc/>
    public string Name => Word;

    /// <inheritdoc/>
    public Task<EnrichResult> EnrichAsync(
        EnrichRequest request, WorkerContext context, CancellationToken cancellationToken) =>
        TableDeriver.EnrichAsync(request, context, cancellationToken);

    /// <inheritdoc/>
    public Task<BuildResult> BuildAsync(
        BuildRequest request, WorkerContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new TableBuilder(request).Build(context, cancellationToken));

    /// <inheritdoc/>
    public Task<ImmutableArray<string?>> FindAffectedPartitionsAsync(
        AffectedPartitionsRequest request, WorkerContext context, CancellationToken cancellationToken)
    {
        using DuckDbConnection connection = context.OpenDuckDb(request.Inputs.Select(i => i.Table.Folder), []);
        SchemaField column = TableSchema.Parse(request.Schema).Fields.Single(f => f.Name == request.Column);
        return Task.FromResult(AffectedPartitions.Find(
            connection, DuckDbTypes.Name(column.Type), request.Inputs, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<QualityResult>> CheckQualityAsync(
        QualityRequest request, WorkerContext context, CancellationToken cancellationToken)
    {
        using DuckDbConnection connection = context.OpenDuckDb([request.Table.Folder], []);
        const string Relation = "landfall_result";
        connection.Execute($"create view {Relation} as {PinnedScan.Sql(request.Table)}", cancellationToken);
        return Task.FromResult<ImmutableArray<QualityResult>>(
            [.. QualityChecker.Check(connection, Relation, request.Rules, cancellationToken)]);
    }

    /// <inheritdoc/>
    public Task<CompareResult> CompareAsync(
        CompareRequest request, WorkerContext context, CancellationToken cancellationToken) =>
        Task.FromResult(TableComparer.Compare(request, context, cancellationToken));
}
