using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Testing.Delta;

namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>Rows of a table as lines, by whoever reads them.</summary>
internal static class JudgedRows
{
    /// <summary>Rows as we read them; of the last version where none is given.</summary>
    public static async Task<string[]> OursAsync(
        StorageSession session, long? version, IReadOnlyList<JudgedColumn> columns)
    {
        Snapshot snapshot = (await session.Delta.TryLoadAsync(version, default))!;
        return OfQuery(session, DeltaScan.Sql(session.Table, snapshot.Metadata.Schema, snapshot.Files), columns);
    }

    /// <summary>Rows of a query of DuckDB.</summary>
    public static string[] OfQuery(StorageSession session, string query, IReadOnlyList<JudgedColumn> columns)
    {
        string select = JudgedColumn.SelectAll(columns, JudgeDialect.DuckDb);
        using DuckDbResult rows = session.Connection.Query($"with t as ({query}) {select}");
        string[] names = [.. rows.Columns.Select(c => c.Name)];
        IEnumerable<JsonObject> objects = rows.Rows().Select(r => new JsonObject(
            names.Zip(r).Select(c => KeyValuePair.Create(c.First, (JsonNode?)(string?)c.Second))));
        return JudgedColumn.Lines(columns, [.. objects]);
    }

    /// <summary>Rows as a judge reads them.</summary>
    public static string[] Theirs(IJudge judge, string table, long? version, IReadOnlyList<JudgedColumn> columns) =>
        JudgedColumn.Lines(
            columns, judge.Read(table, version, JudgedColumn.SelectAll(columns, judge.Dialect)));

    /// <summary>Notes how lines differ, with a few of them.</summary>
    public static void Compare(
        List<string> faults, string what, IEnumerable<string> expected, IEnumerable<string> found)
    {
        string[] missing = [.. expected.Except(found)];
        string[] strange = [.. found.Except(expected)];
        if (expected.Count() != found.Count() || missing.Length + strange.Length > 0)
        {
            faults.Add($"{what}: {expected.Count()} expected, {found.Count()} found");
            faults.AddRange(missing.Take(3).Select(l => "  - " + l));
            faults.AddRange(strange.Take(3).Select(l => "  + " + l));
        }
    }
}
