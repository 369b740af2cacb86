using Landfall.Delta;
using Landfall.Delta.Checking;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Checking;

namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>
/// Two other implementations write to our tables: append, merge, delete, compact and vacuum, with a checkpoint after
/// each. We read what they made, also out of the checkpoint alone, commit on top, and they read that; all of it must be
/// the rows that DuckDB makes of the same statements.
/// </summary>
[Collection(JudgesCollection.Name)]
public sealed class JudgesOnCopiesTests(JudgesFixture judges)
{
    [JudgesTheory]
    [InlineData(JudgeDialect.DataFusion, null)]
    [InlineData(JudgeDialect.DataFusion, "dated")]
    [InlineData(JudgeDialect.DataFusion, "code")]
    [InlineData(JudgeDialect.Spark, null)]
    [InlineData(JudgeDialect.Spark, "dated")]
    [InlineData(JudgeDialect.Spark, "code")]
    public async Task Judge_WritesToOurTable_AndWeOnTop(JudgeDialect dialect, string? partition)
    {
        IJudge judge = judges.All.Single(j => j.Dialect == dialect);
        using TableOfTwo table = new(partition);
        await table.AppendAsync();
        await table.AppendAsync();
        List<string> faults = [];
        foreach ((string name, Action act) in Acts(judge, table))
        {
            Snapshot before = await table.LoadAsync();
            int filesBefore = table.FilesOnDisk;
            act();
            Snapshot after = await table.LoadAsync();
            string? idle = name switch
            {
                "compact" when after.Files.Length >= before.Files.Length => "joined no files",
                "vacuum" when table.FilesOnDisk >= filesBefore => "deleted no files",
                "vacuum" when table.FilesOnDisk != after.Files.Length => "left or lost files",
                "vacuum" => null,
                _ => after.Version == before.Version ? "made no version" : null,
            };
            if (idle is not null)
            {
                faults.Add($"{name} {idle}");
            }

            await CompareAsync(faults, name, judge, table);
            judge.Checkpoint(table.Path);
            JudgedRows.Compare(
                faults, $"we from the checkpoint after {name}", table.Known,
                table.Rows(await table.LoadFromCheckpointAsync()));

            await table.OverwriteAsync();
            await table.AppendAsync();
            await CompareAsync(faults, "us on top of " + name, judge, table);
        }

        Assert.Equal([], faults.Concat(await FindingsAsync(dialect, table)));
    }

    /// <summary>A judge that changes a row of which nothing is known, as any of us might by mistake.</summary>
    [JudgesTheory]
    [InlineData(JudgeDialect.DataFusion)]
    [InlineData(JudgeDialect.Spark)]
    public async Task Judge_ChangesOneValueUnnoticed_IsCaught(JudgeDialect dialect)
    {
        IJudge judge = judges.All.Single(j => j.Dialect == dialect);
        using TableOfTwo table = new(null);
        await table.AppendAsync();
        List<string> faults = [];
        await CompareAsync(faults, "nothing", judge, table);
        Assert.Equal([], faults);

        judge.Merge(table.Path, Select("amount", "amount + 0.0001", "id = 8"));

        await CompareAsync(faults, "a change", judge, table);
        Assert.Equal(2, faults.Count(f => f.Contains("20 expected, 20 found", StringComparison.Ordinal)));
    }

    /// <summary>What the judge does, each time noted in what must be the result.</summary>
    private static IEnumerable<(string Name, Action Act)> Acts(IJudge judge, TableOfTwo table)
    {
        yield return ("append", () =>
        {
            string rows = Select("id", "id + 10000", "id < 30");
            table.Note($"insert into known with t as (select * from known) {rows}");
            judge.Append(table.Path, rows);
        });
        yield return ("merge", () =>
        {
            // Of rows with an even id, some change and some come again with a new id.
            string rows = Select("id", "case when id % 4 = 0 then id else id + 20000 end", "id % 2 = 0")
                .Replace(" n,", " cast(7 as int) as n,", StringComparison.Ordinal);
            table.Note($"create or replace temp table source as with t as (select * from known) {rows}");
            table.Note("delete from known where id in (select id from source)");
            table.Note("insert into known select * from source");
            judge.Merge(table.Path, rows);
        });
        yield return ("delete", () =>
        {
            const string where = "id > 20010 or label is null";
            table.Note($"delete from known where {where}");
            judge.Delete(table.Path, where);
        });
        yield return ("compact", () => judge.Compact(table.Path));
        yield return ("vacuum", () => judge.Vacuum(table.Path));
    }

    /// <summary>A select that every engine understands: all columns, one of them as something else.</summary>
    private static string Select(string column, string expression, string where)
    {
        IEnumerable<string> columns = TableOfTwo.Columns.Select(c =>
            c.Name == column ? $"cast({expression} as {c.Type}) as {column}" : c.Name);
        return $"select {string.Join(", ", columns)} from t where {where}";
    }

    private static async Task CompareAsync(List<string> faults, string after, IJudge judge, TableOfTwo table)
    {
        string[] known = table.Known;
        JudgedRows.Compare(faults, $"we after {after}", known, table.Rows(await table.LoadAsync()));
        JudgedRows.Compare(
            faults, $"they after {after}", known, JudgedRows.Theirs(judge, table.Path, null, TableOfTwo.Columns));
    }

    private static async Task<List<string>> FindingsAsync(JudgeDialect dialect, TableOfTwo table)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        List<string> findings = [];
        await foreach (CheckFinding finding in new TableChecker(table.Path, database, TimeProvider.System)
            .CheckAsync(new() { Deep = true }, null, default))
        {
            if (finding.Severity == CheckSeverity.Error)
            {
                findings.Add($"{dialect}: {finding}");
            }
        }

        return findings;
    }
}
