using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Formats;
using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Enriching.Texts;
using Landfall.Engine.Spark.Enriching.Values;
using Landfall.Engine.Spark.Writing;

namespace Landfall.Engine.Spark.Enriching;

/// <summary>Writes rows that broke the contract, and takes out those whose source has new content.</summary>
/// <param name="request">What is derived.</param>
/// <param name="session">Has the stage.</param>
/// <param name="folder">For what is known of bad files.</param>
/// <param name="output">Writes data files.</param>
internal sealed class SparkQuarantine(
    EnrichRequest request, SparkSession session, EnrichFolder folder, ISparkOutput output)
{
    private const string Old = "landfall_quarantined";
    private const string Files = "landfall_unreadable";
    private readonly TableSchema _schema = TableSchema.Parse(request.QuarantineSchema);

    /// <summary>Writes the rows of some batches.</summary>
    /// <param name="batches">A condition on <c>_batch</c>.</param>
    /// <param name="hasDuplicates">Whether rows repeat keys.</param>
    /// <param name="files">Files as a whole.</param>
    /// <param name="cancellationToken">Interrupts the query.</param>
    public async Task<ImmutableArray<DataFile>> WriteAsync(
        string batches, bool hasDuplicates, ImmutableArray<BadFile> files, CancellationToken cancellationToken)
    {
        const string Broken = "_batch, _source, _rule, _column, _raw";
        string rows = $"select {Broken} from {SparkPlan.Stage} where _rule is not null and {batches}";
        if (hasDuplicates)
        {
            rows += $" union all select {Broken} from {SparkDuplicates.View} where {batches}";
        }

        if (!files.IsEmpty)
        {
            await folder.PutAsync(
                Files, "_batch bigint, _source string",
                files.Select(f => new JsonObject { ["_batch"] = f.File.Batch, ["_source"] = f.File.Source }),
                cancellationToken);
            rows += $" union all select _batch, _source, '{Rules.Unreadable}', null, null from {Files}";
        }

        return await output.WriteAsync(
            "select _batch, _source, cast(null as bigint) as _row, _rule as rule, _column as column_name, _raw as raw, "
            + $"timestamp_micros({SparkSql.Number(request.Now)}) as quarantined_at from ({rows})",
            _schema, request.QuarantineFolder, request.StepId, cancellationToken);
    }

    /// <summary>
    /// Takes out the rows of sources with new content: they are no longer what the source says. Data files that lose a
    /// row are written anew without it.
    /// </summary>
    /// <returns>The files to commit and those to remove.</returns>
    public async Task<(ImmutableArray<DataFile> Files, ImmutableArray<string> Removed)> RewriteAsync(
        ImmutableArray<string> sources, CancellationToken cancellationToken)
    {
        if (sources.IsEmpty || request.QuarantineExisting.IsEmpty)
        {
            return ([], []);
        }

        await StoredFiles.ViewAsync(
            session, Old, request.QuarantineFolder, _schema, request.QuarantineExisting, cancellationToken);
        string gone = StoredFiles.In("_source", sources);
        SparkRows found = await session.QueryAsync(
            $"select distinct {StoredFiles.FileColumn} from {Old} where {gone}", cancellationToken);
        ImmutableArray<string> removed = [.. found.Rows.Select(r => (string)r[0]!)];
        return removed.IsEmpty
            ? ([], [])
            : (
                await output.WriteAsync(
                    $"select {StoredFiles.Names(_schema, "")} from {Old} "
                    + $"where {StoredFiles.In(StoredFiles.FileColumn, removed)} and not {gone}",
                    _schema, request.QuarantineFolder, request.StepId, cancellationToken),
                removed);
    }
}
