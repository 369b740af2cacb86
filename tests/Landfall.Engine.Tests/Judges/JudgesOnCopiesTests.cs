using Landfall.Delta.Checking;
using Landfall.Engine.Checking;
using Landfall.Engine.Tests.Storage;

namespace Landfall.Engine.Tests.Judges;

/// <summary>
/// Two other implementations write to our tables: append, merge, delete, compact, checkpoint and vacuum. We read what
/// they made, commit on top, and they read that.
/// </summary>
[Collection(JudgesCollection.Name)]
public sealed class JudgesOnCopiesTests(JudgesFixture judges) : IDisposable
{
    private readonly StorageSession _session = new();

    public void Dispose() => _session.Dispose();

    [JudgesTheory]
    [InlineData(JudgeDialect.DataFusion, null)]
    [InlineData(JudgeDialect.DataFusion, "timestamp")]
    [InlineData(JudgeDialect.Spark, null)]
    [InlineData(JudgeDialect.Spark, "date")]
    public async Task Judge_WritesToOurTable_AndWeOnTop(JudgeDialect dialect, string? partition)
    {
        int seed = JudgeSeed.Next();
        IJudge judge = judges.All.Single(j => j.Dialect == dialect);
        MixedHistory history = new(_session, seed, partition, forWriters: true);
        await history.RunAsync(9);
        await history.AppendAsync("WRITE");
        IReadOnlyList<JudgedColumn> columns = history.Versions[^1].Columns;
        List<string> faults = [];
        foreach ((string name, Action act) in Acts(judge, columns))
        {
            long before = (await _session.Delta.LoadAsync(default)).Version;
            int rows = (await JudgedRows.OursAsync(_session, null, columns)).Length;
            act();
            string[] made = await JudgedRows.OursAsync(_session, null, columns);
            JudgedRows.Compare(
                faults, $"we after {name}", JudgedRows.Theirs(judge, _session.Table, null, columns), made);
            if (name is "append" or "delete" && made.Length == rows)
            {
                faults.Add($"{name} changed no rows");
            }

            if (name is not ("checkpoint" or "compact" or "vacuum")
                && (await _session.Delta.LoadAsync(default)).Version == before)
            {
                faults.Add($"{name} made no version");
            }

            await history.AppendAsync("WRITE");
            JudgedRows.Compare(
                faults, $"they after us on top of {name}", await JudgedRows.OursAsync(_session, null, columns),
                JudgedRows.Theirs(judge, _session.Table, null, columns));
        }

        await foreach (CheckFinding finding in new TableChecker(_session.Table, _session.Database, TimeProvider.System)
            .CheckAsync(new() { Deep = true }, null, default))
        {
            // delta-rs takes bounds of decimals through doubles.
            if (finding.Severity == CheckSeverity.Error
                && !(dialect == JudgeDialect.DataFusion && finding.Code == "LF4237"))
            {
                faults.Add($"check: {finding}");
            }
        }

        Assert.True(
            faults.Count == 0, $"seed {seed}\n{string.Join('\n', faults)}\n{string.Join('\n', history.Steps)}");
    }

    private IEnumerable<(string Name, Action Act)> Acts(IJudge judge, IReadOnlyList<JudgedColumn> columns)
    {
        string table = _session.Table;
        string rows = string.Join(
            ", ", columns.Select(c => c.Name == "id" ? "id + 100000 as id" : c.Quoted(judge.Dialect)));
        yield return ("append", () => judge.Append(table, $"select {rows} from t"));
        yield return ("merge", () => judge.Change(table, "id > 2"));
        yield return ("delete", () => judge.Delete(table, "id > 100000"));
        yield return ("compact", () => judge.Compact(table));
        yield return ("checkpoint", () => judge.Checkpoint(table));
        yield return ("vacuum", () => judge.Vacuum(table));
    }
}
