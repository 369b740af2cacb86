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
/// <param name="replaced">Append: sources whose old rows go.</param>
internal sealed class Merger(EnrichPlan plan, DuckDbConnection connection, ImmutableArray<string> replaced)
{
    private const string Fresh = "landfall_fresh";
    private const string Old = "landfall_old";
    private readonly EnrichRequest _payload = plan.Payload;

    /// <summary>The files to commit and those to remove.</summary>
    /// <param name="fresh">Files of rows just read, in <see cref="EnrichPlan.FreshFolder"/>.</param>
    /// <param name="cancellationToken">Ends the merge.</param>
    public (ImmutableArray<DataFile> Files, ImmutableArray<string> Removed) Merge(
        IReadOnlyList<DataFile> fresh, CancellationToken cancellationToken)
    {
        View(Fresh, PinnedScan.Sql(plan.FreshFolder, plan.Schema, fresh));
        View(Old, Existing(withPosition: true));
        return _payload.Mode switch
        {
            EnrichMode.Upsert => Upsert(cancellationToken),
            EnrichMode.Difference => Difference(cancellationToken),
            _ => Replace(fresh, cancellationToken),
        };
    }

    private (ImmutableArray<DataFile> Files, ImmutableArray<string> Removed) Replace(
        IReadOnlyList<DataFile> fresh, CancellationToken cancellationToken)
    {
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
    private (ImmutableArray<DataFile> Files, ImmutableArray<string> Removed) Upsert(CancellationToken cancellationToken)
    {
        string key = Columns(_payload.Key, "");
        string cursor = _payload.Cursor.Length == 0 ? "null" : SqlName.DuckDb(_payload.Cursor);
        string match = Match("n", "o", _payload.Key);
        string newer = _payload.Cursor.Length == 0
            ? "false"
            : $"(o.{cursor} > n.{cursor} or (o.{cursor} is not null and n.{cursor} is null))";
        string same = Match("n", "o", [.. _payload.Columns.Select(c => c.Name)]);
        Run(
            $"create temp table landfall_new as select * from {Fresh} qualify row_number() over (partition by {key} "
            + $"order by {cursor} desc nulls last, _batch desc, _source desc) = 1",
            cancellationToken);
        Run(
            $"delete from landfall_new n where exists (select 1 from {Old} o where {match} and ({newer} or ({same})))",
            cancellationToken);
        ImmutableArray<string> removed = Texts(
            $"select distinct o.{DeltaScan.FileColumn} from {Old} o semi join landfall_new n on {match}",
                cancellationToken);
        IReadOnlyList<DataFile> files = Write(
            $"select * exclude ({DeltaScan.FileColumn}, {DeltaScan.RowColumn}) from {Old} o "
            + $"where {In(removed)} and not exists (select 1 from landfall_new n where {match}) "
            + "union all by name select * from landfall_new",
            cancellationToken);
        return ([.. files], removed);
    }

    /// <summary>
    /// Reading again from before the last cursor gives rows that are there: of rows alike, as many are new as there are
    /// more of them. Batches follow each other, since the next one reads again what this one brought.
    /// </summary>
    private (ImmutableArray<DataFile> Files,
        ImmutableArray<string> Removed) Difference(CancellationToken cancellationToken)
    {
        string columns = Columns([.. _payload.Columns.Select(c => c.Name)], "");
        string window = _payload.Cursor.Length == 0
            ? "true"
            : $"({SqlName.DuckDb(_payload.Cursor)} >= (select min({SqlName.DuckDb(_payload.Cursor)}) from {Fresh}) "
              + $"or {SqlName.DuckDb(_payload.Cursor)} is null)";
        Run($"create temp table landfall_new as select * from {Fresh} where false", cancellationToken);
        foreach (long batch in _payload.Files.Select(f => f.Batch).Distinct().Order())
        {
            Run(
                $"insert into landfall_new with known as (select {columns}, count(*) as landfall_count from "
                + $"(select {columns} from {Old} where {window} union all select {columns} from landfall_new) "
                + "group by all), "
                + $"numbered as (select *, row_number() over (partition by {columns}) as landfall_number from {Fresh} "
                + $"where _batch = {batch}) select n.* exclude (landfall_number) from numbered n left join known o on "
                + $"{Match("n", "o", [.. _payload.Columns.Select(c => c.Name)])} "
                + "where n.landfall_number > coalesce(o.landfall_count, 0)",
                cancellationToken);
        }

        return ([.. Write("select * from landfall_new", cancellationToken)], []);
    }

    private string Existing(bool withPosition) => DeltaScan.Sql(
        _payload.TableFolder, plan.Schema,
        [.. _payload.Existing.Select(p => new AddFile { Path = p, Size = 0, ModificationTime = 0 })], withPosition);

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

    private static string Match(string left, string right, ImmutableArray<string> names) => string.Join(
        " and ", names.Select(n => $"{left}.{SqlName.DuckDb(n)} is not distinct from {right}.{SqlName.DuckDb(n)}"));
}
