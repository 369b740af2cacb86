using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Enriching;

/// <summary>
/// Brings rows just read together with those the table has. Data files that lose a row are written anew without it;
/// the others stay as they are.
/// </summary>
/// <param name="plan">What is derived.</param>
/// <param name="connection">Used by nothing else meanwhile.</param>
/// <param name="derived">What was read.</param>
/// <param name="replaced">Append: sources whose old rows go.</param>
internal sealed class Merger(
    EnrichPlan plan, DuckDbConnection connection, Derivation derived, ImmutableArray<string> replaced)
{
    /// <summary>Relation of the rows just read.</summary>
    public const string Fresh = "landfall_fresh";

    /// <summary>Relation of the rows that may go or be changed, with their positions.</summary>
    public const string Old = "landfall_old";

    /// <summary>Relation of all rows of the table that stands.</summary>
    public const string Known = "landfall_known";

    private const string New = "landfall_new";
    private readonly EnrichRequest _payload = plan.Payload;

    /// <summary>Append: sources whose old rows go.</summary>
    public ImmutableArray<string> Replaced => replaced;

    /// <summary>Relation of the rows that the table is to gain.</summary>
    public string Gained { get; set; } = New;

    /// <summary>Finds the rows that the table is to gain.</summary>
    public void Begin(CancellationToken cancellationToken)
    {
        View(Fresh, PinnedScan.Sql(plan.FreshFolder, plan.FreshSchema, derived.Files));
        View(Old, Scan(_payload.Existing, withPosition: true));
        View(Known, Scan(_payload.Known, withPosition: false));
        switch (_payload.Mode)
        {
            case EnrichMode.Upsert:
                ChooseNewest(cancellationToken);
                break;
            case EnrichMode.Difference:
                ChooseUnknown(cancellationToken);
                break;
            default:
                View(New, $"select * from {Fresh}");
                break;
        }
    }

    /// <summary>The files to commit and those to remove.</summary>
    public (ImmutableArray<DataFile> Files, ImmutableArray<string> Removed) Finish(
        CancellationToken cancellationToken) => _payload.Mode switch
        {
            EnrichMode.Upsert => Upsert(cancellationToken),
            EnrichMode.Difference => ([.. Write($"select * from {Gained}", cancellationToken)], []),
            _ => Replace(cancellationToken),
        };

    /// <summary>The condition that rows have the same values in some columns; null is like null.</summary>
    public static string Match(string left, string right, ImmutableArray<string> names) => string.Join(
        " and ", names.Select(n => $"{left}.{SqlName.DuckDb(n)} is not distinct from {right}.{SqlName.DuckDb(n)}"));

    /// <summary>
    /// The condition on rows of the table that reading again from before the last cursor may give again.
    /// </summary>
    public static string Window(EnrichRequest payload) => payload.Cursor.Length == 0
        ? "true"
        : $"({SqlName.DuckDb(payload.Cursor)} >= (select min({SqlName.DuckDb(payload.Cursor)}) from {Fresh}) "
          + $"or {SqlName.DuckDb(payload.Cursor)} is null)";

    private (ImmutableArray<DataFile> Files, ImmutableArray<string> Removed) Replace(
        CancellationToken cancellationToken)
    {
        IReadOnlyList<DataFile> fresh = plan.KeepsRecords
            ? Write($"select * from {Gained}", cancellationToken)
            : derived.Files;
        if (replaced.Length == 0)
        {
            return ([.. fresh], []);
        }

        string sources = string.Join(", ", replaced.Select(SqlText.Literal));
        ImmutableArray<string> removed = Texts(
            $"select distinct {DeltaScan.FileColumn} from {Old} where _source in ({sources})", cancellationToken);
        IReadOnlyList<DataFile> kept = Write(
            $"select * from {Old} where {In(removed)} and _source not in ({sources})", cancellationToken);
        return ([.. fresh, .. kept], removed);
    }

    /// <summary>
    /// The newest cursor of a key wins, then the later batch. A row that the table has already exactly so is no change.
    /// </summary>
    private void ChooseNewest(CancellationToken cancellationToken)
    {
        string key = Columns(_payload.Key, "");
        string cursor = _payload.Cursor.Length == 0 ? "null" : SqlName.DuckDb(_payload.Cursor);
        string match = Match("n", "o", _payload.Key);
        string newer = _payload.Cursor.Length == 0
            ? "false"
            : $"(o.{cursor} > n.{cursor} or (o.{cursor} is not null and n.{cursor} is null))";
        string same = string.Join(" and ", _payload.Columns.Select(Same));
        Run(
            $"create or replace temp table {New} as select * from {Fresh} qualify row_number() over "
            + $"(partition by {key} order by {cursor} desc nulls last, _batch desc, _source desc) = 1",
            cancellationToken);
        Run(
            $"delete from {New} n where exists (select 1 from {Old} o where {match} and ({newer} or ({same})))",
            cancellationToken);
    }

    /// <summary>Whether a new row says the same of a column; one that its source has no longer says nothing.</summary>
    private string Same(EnrichColumn column)
    {
        string match = Match("n", "o", [column.Name]);
        long[] silent = [.. derived.Counts.Select(c => c.Batch).Where(b => column.IsGone && derived.Lacks(b, column))];
        return silent.Length == 0 ? match : $"(n._batch in ({string.Join(", ", silent)}) or {match})";
    }

    private (ImmutableArray<DataFile> Files, ImmutableArray<string> Removed) Upsert(CancellationToken cancellationToken)
    {
        string match = Match("n", "o", _payload.Key);
        ImmutableArray<string> removed = Texts(
            $"select distinct o.{DeltaScan.FileColumn} from {Old} o semi join {New} n on {match}", cancellationToken);
        IReadOnlyList<DataFile> files = Write(
            $"select * exclude ({DeltaScan.FileColumn}, {DeltaScan.RowColumn}) from {Old} o "
            + $"where {In(removed)} and not exists (select 1 from {New} n where {match}) "
            + $"union all by name select * from {New}",
            cancellationToken);
        return ([.. files], removed);
    }

    /// <summary>
    /// Reading again from before the last cursor gives rows that are there: of rows alike, as many are new as there are
    /// more of them. Batches follow each other, since the next one reads again what this one brought. A column that the
    /// source has no longer makes no row another.
    /// </summary>
    private void ChooseUnknown(CancellationToken cancellationToken)
    {
        string all = Columns([.. _payload.Columns.Select(c => c.Name)], "");
        Run($"create or replace temp table {New} as select * from {Fresh} where false", cancellationToken);
        foreach (long batch in derived.Counts.Select(c => c.Batch))
        {
            ImmutableArray<string> compared =
            [
                .. _payload.Columns.Where(c => !c.IsGone || !derived.Lacks(batch, c)).Select(c => c.Name),
            ];
            string columns = Columns(compared, "");
            Run(
                $"insert into {New} with known as (select {columns}, count(*) as landfall_count from "
                + $"(select {all} from {Old} where {Window(_payload)} union all select {all} from {New}) "
                + "group by all), "
                + $"numbered as (select *, row_number() over (partition by {columns}) as landfall_number from {Fresh} "
                + $"where _batch = {batch}) select n.* exclude (landfall_number) from numbered n left join known o on "
                + $"{Match("n", "o", compared)} where n.landfall_number > coalesce(o.landfall_count, 0)",
                cancellationToken);
        }
    }

    private string Scan(ImmutableArray<string> files, bool withPosition) => DeltaScan.Sql(
        _payload.TableFolder, plan.Schema,
        [.. files.Select(p => new AddFile { Path = p, Size = 0, ModificationTime = 0 })], withPosition);

    private IReadOnlyList<DataFile> Write(string select, CancellationToken cancellationToken) => DataFileWriter.Write(
        connection, select, plan.Schema, _payload.TableFolder, _payload.StepId, cancellationToken);

    private void View(string name, string select) =>
        connection.Execute($"create or replace temp view {name} as {select}");

    private void Run(string sql, CancellationToken cancellationToken) => connection.Execute(sql, cancellationToken);

    private ImmutableArray<string> Texts(string sql, CancellationToken cancellationToken)
    {
        using DuckDbResult result = connection.Query(sql, cancellationToken);
        return [.. result.Rows().Select(r => (string)r[0]!)];
    }

    private static string In(ImmutableArray<string> files) => files.Length == 0
        ? "false"
        : $"{DeltaScan.FileColumn} in ({string.Join(", ", files.Select(SqlText.Literal))})";

    private static string Columns(IEnumerable<string> names, string alias) =>
        string.Join(", ", names.Select(n => alias + SqlName.DuckDb(n)));
}
