using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Building;
using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Enriching;
using Landfall.Engine.Spark.Quality;
using Landfall.Engine.Spark.Sessions;
using Landfall.Workers;

namespace Landfall.Engine.Spark;

/// <summary>
/// Apache Spark, reached by Spark Connect from the worker. Spark reads the pinned files and writes below the step's
/// folder; the worker makes the files durable and reports them. Spark never commits.
/// </summary>
/// <param name="parquetOf">Reads footers of the table in a folder.</param>
public sealed class SparkBuildEngine(Func<string, IParquetIo> parquetOf) : IRemoteEngine
{
    /// <inheritdoc/>
    public string Name => "spark";

    /// <inheritdoc/>
    public async Task<EnrichResult> EnrichAsync(
        EnrichRequest request, WorkerContext context, CancellationToken cancellationToken)
    {
        await using SparkStep step = await SparkStep.OpenAsync(
            context, parquetOf, Path.Combine(request.TableFolder, request.StepId), cancellationToken);
        return await SparkTableDeriver.EnrichAsync(
            request, context, step.Session, step.Output, parquetOf(request.TableFolder), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<BuildResult> BuildAsync(
        BuildRequest request, WorkerContext context, CancellationToken cancellationToken)
    {
        await using SparkStep step = await SparkStep.OpenAsync(
            context, parquetOf, Path.Combine(request.TableFolder, request.StepId), cancellationToken);
        return await new SparkTableBuilder(request, step).BuildAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<string?>> FindAffectedPartitionsAsync(
        AffectedPartitionsRequest request, WorkerContext context, CancellationToken cancellationToken)
    {
        await using SparkStep step = await SparkStep.OpenAsync(context, parquetOf, null, cancellationToken);
        SchemaField column = TableSchema.Parse(request.Schema).Fields.Single(f => f.Name == request.Column);
        return await new AffectedValues(step.Session, step.Tables, column)
            .FindAsync(request.Inputs, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<QualityResult>> CheckQualityAsync(
        QualityRequest request, WorkerContext context, CancellationToken cancellationToken)
    {
        await using SparkStep step = await SparkStep.OpenAsync(context, parquetOf, null, cancellationToken);
        string rows = await step.Tables.SelectAsync(request.Table, cancellationToken);
        SparkQualityChecker checker = new(
            step.Session, await step.Tables.ViewAsync(rows, cancellationToken),
            TableSchema.Parse(request.Table.Schema));
        return await checker.CheckAsync(request.Rules, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<RemoteUsage>> EndAsync(
        ImmutableArray<string> sessions, WorkerContext context, CancellationToken cancellationToken)
    {
        var engine = RemoteEngine.Of(context.Engine);
        SparkAddress address = SparkStep.AddressOf(engine, context);
        var used = ImmutableArray.CreateBuilder<RemoteUsage>();
        foreach (string session in sessions)
        {
            await SparkSession.InterruptAsync(address, session, cancellationToken);
            used.Add(await SparkUsage.OfAsync(engine, session, TimeSpan.Zero, cancellationToken));
        }

        return used.ToImmutable();
    }
}
