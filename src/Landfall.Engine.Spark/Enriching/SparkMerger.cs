using System.Collections.Immutable;
using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Enriching.Values;
using Landfall.Engine.Spark.Writing;
using Landfall.Sql;

namespace Landfall.Engine.Spark.Enriching;

/// <summary>
/// Brings rows just read together with those the table has. Data files that lose a row are written anew without it;
/// the others stay as they are.
/// </summary>
/// <param name="plan">What is derived.</param>
/// <param name="session">Has the stage.</param>
/// <param name="output">Writes data files.</param>
/// <param name="derived">What was read.</param>
/// <param name="replaced">Append: sources whose old rows go.</param>
internal sealed class SparkMerger(
    SparkPlan plan, SparkSession session, ISparkOutput output, Derivation derived, ImmutableArray<string> replaced)
{
    /// <summary>View of the rows just read that broke no rule.</summary>
    public const string Fresh = "landfall_fresh";

    /// <summary>View of the rows that may go or be changed, with their files.</summary>
    public const string Old = "landfall_old";

    /// <summary>View of all rows of the table that stands.</summary>
    public const string Known = "landfall_known";

    private const string New = "landfall_new";
    private readonly EnrichRequest _request = plan.Request;

    /// <summary>Append: sources whose old rows go.</summary>
    public ImmutableArray<string> Replaced => replaced;

    /// <summary>View of the rows that the table is to gain.</summary>
    public string Gained { get; set; } = New;

    private string Columns => StoredFiles.Names(plan.Schema, "");

    /// <summary>Finds the rows that the table is to gain.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        string batches = derived.Counts.IsEmpty ? "false"
            : $"_batch between {derived.Counts[0].Batch} and {derived.Counts[^1].Batch}";
        await ViewAsync(Fresh, $"select * from {SparkPlan.Stage} where _rule is null and {batches}", cancellationToken);
        await StoredFiles.ViewAsync(
            session, Old, _request.TableFolder, plan.Schema, _request.Existing, cancellationToken);
        await StoredFiles.ViewAsync(
            session, Known, _request.TableFolder, plan.Schema, _request.Known, cancellationToken);
        await ViewAsync(
            New,
            _request.Mode switch
            {
                EnrichMode.Upsert => Newest(),
                EnrichMode.Difference => Unknown(),
                _ => $"select * from {Fresh}",
            },
            cancellationToken);
    }

    /// <summary>The files to commit and those to remove.</summary>
    public Task<(ImmutableArray<DataFile> Files, ImmutableArray<string> Removed)> FinishAsync(
        CancellationToken cancellationToken) => _request.Mode switch
        {
            EnrichMode.Upsert => UpsertAsync(cancellationToken),
            _ => ReplaceAsync(cancellationToken),
        };

    /// <summary>
    /// The condition on rows of the table that reading again from before the last cursor may give again.
    /// </summary>
    public static string Window(EnrichRequest request) => request.Cursor.Length == 0
        ? "true"
        : $"({SqlName.Spark(request.Cursor)} >= (select min({SqlName.Spark(request.Cursor)}) from {Fresh}) "
          + $"or {SqlName.Spark(request.Cursor)} is null)";

    private async Task<(ImmutableArray<DataFile> Files, ImmutableArray<string> Removed)> ReplaceAsync(
        CancellationToken cancellationToken)
    {
        ImmutableArray<DataFile> files = await WriteAsync($"select {Columns} from {Gained}", cancellationToken);
        if (_request.Mode == EnrichMode.Difference || replaced.IsEmpty)
        {
            return (files, []);
        }

        string gone = StoredFiles.In("_source", replaced);
        ImmutableArray<string> removed = await FilesAsync($"from {Old} where {gone}", cancellationToken);
        return removed.IsEmpty
            ? (files, [])
            : (
                [
                    .. files,
                    .. await WriteAsync(
                        $"select {Columns} from {Old} where {StoredFiles.In(StoredFiles.FileColumn, removed)} "
                        + $"and not {gone}",
                        cancellationToken),
                ],
                removed);
    }

    private async Task<(ImmutableArray<DataFile> Files, ImmutableArray<string> Removed)> UpsertAsync(
        CancellationToken cancellationToken)
    {
        string match = StoredFiles.Match("n", "o", _request.Key);
        ImmutableArray<string> removed = await FilesAsync(
            $"from {Old} o left semi join {New} n on {match}", cancellationToken);
        string kept = $"select {StoredFiles.Names(plan.Schema, "o.")} from (select * from {Old} "
            + $"where {StoredFiles.In(StoredFiles.FileColumn, removed)}) o left anti join {New} n on {match}";
        return (
            await WriteAsync($"{kept} union all select {Columns} from {New}", cancellationToken), removed);
    }

    /// <summary>
    /// The newest cursor of a key wins, then the later batch. A row that the table has already exactly so is no change.
    /// </summary>
    private string Newest()
    {
        string key = string.Join(", ", _request.Key.Select(SqlName.Spark));
        string cursor = _request.Cursor.Length == 0 ? "null" : SqlName.Spark(_request.Cursor);
        string newer = _request.Cursor.Length == 0
            ? "false"
            : $"(o.{cursor} > n.{cursor} or (o.{cursor} is not null and n.{cursor} is null))";
        string same = string.Join(" and ", _request.Columns.Select(Same));
        return $"select n.* from (select * from (select *, row_number() over (partition by {key} order by {cursor} "
            + $"desc nulls last, _batch desc, _source desc, {SparkPlan.Row} desc) as landfall_place from {Fresh}) "
            + $"where landfall_place = 1) n left anti join {Old} o "
            + $"on {StoredFiles.Match("n", "o", _request.Key)} and ({newer} or ({same}))";
    }

    /// <summary>Whether a new row says the same of a column; one that its source has no longer says nothing.</summary>
    private string Same(EnrichColumn column)
    {
        string match = StoredFiles.Match("n", "o", [column.Name]);
        long[] silent = [.. derived.Counts.Select(c => c.Batch).Where(b => column.IsGone && derived.Lacks(b, column))];
        return silent.Length == 0 ? match
            : $"(n._batch in ({string.Join(", ", silent.Select(SparkSql.Number))}) or {match})";
    }

    /// <summary>
    /// Reading again from before the last cursor gives rows that are there: of rows alike, as many are new as there are
    /// more of them than the table and any batch before had. A column that the source has no longer makes no row
    /// another.
    /// </summary>
    private string Unknown()
    {
        ImmutableArray<string> compared =
        [
            .. _request.Columns.Where(c => !c.IsGone || derived.Counts.All(b => !derived.Lacks(b.Batch, c)))
                .Select(c => c.Name),
        ];
        string columns = string.Join(", ", compared.Select(SqlName.Spark));
        return $"with counted as (select {columns}, _batch, count(*) as landfall_count from {Fresh} "
            + $"group by {columns}, _batch union all select {columns}, -1L, count(*) from {Old} "
            + $"where {Window(_request)} group by {columns}), "
            + $"most as (select *, max(landfall_count) over (partition by {columns} order by _batch "
            + "rows between unbounded preceding and 1 preceding) as landfall_had from counted), "
            + $"numbered as (select *, row_number() over (partition by {columns}, _batch order by {SparkPlan.Row}) "
            + $"as landfall_number from {Fresh}) "
            + $"select n.* from numbered n join most o on n._batch = o._batch and "
            + $"{StoredFiles.Match("n", "o", compared)} where n.landfall_number > coalesce(o.landfall_had, 0)";
    }

    private Task<ImmutableArray<DataFile>> WriteAsync(string sql, CancellationToken cancellationToken) =>
        output.WriteAsync(sql, plan.Schema, _request.TableFolder, _request.StepId, cancellationToken);

    private Task ViewAsync(string name, string select, CancellationToken cancellationToken) =>
        session.ExecuteAsync($"create or replace temporary view {name} as {select}", cancellationToken);

    private async Task<ImmutableArray<string>> FilesAsync(string from, CancellationToken cancellationToken)
    {
        SparkRows found = await session.QueryAsync(
            $"select distinct {StoredFiles.FileColumn} {from}", cancellationToken);
        return [.. found.Rows.Select(r => (string)r[0]!)];
    }
}
