using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Landfall.Delta;
using Landfall.Sql;
using Landfall.Testing.Delta;
using Landfall.Testing;

namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>
/// Histories of every kind of commit that we write are read by two other implementations of Delta Lake, at the last and
/// at earlier versions, and compared with what was written.
/// </summary>
[Collection(JudgesCollection.Name)]
public sealed class JudgesTests(JudgesFixture judges) : IDisposable
{
    private const int StepCount = 22;
    private const int EarlierVersions = 1;

    private readonly StorageSession _session = new();

    public void Dispose() => _session.Dispose();

    [JudgesTheory]
    [InlineData(null)]
    [InlineData("string")]
    [InlineData("bigint")]
    [InlineData("boolean")]
    [InlineData("date")]
    [InlineData("timestamp")]
    [InlineData("decimal(9,2)")]
    [InlineData("double")]
    public async Task Judges_MixedHistory_ReadWhatWasWritten(string? partition)
    {
        TestSeed seed = TestSeed.Fresh();
        MixedHistory history = new(_session, seed.Value, partition);
        await history.RunAsync(StepCount);

        List<string> faults = [];
        Random random = seed.Generator();
        long last = history.Versions.Count - 1;
        foreach (long version in Enumerable.Range(0, EarlierVersions)
            .Select(_ => random.NextInt64(history.OldestReadable, last)).Append(last).Distinct())
        {
            Known known = history.Versions[(int)version];
            JudgedRows.Compare(
                faults, $"Landfall at {version}", known.Lines(),
                await JudgedRows.OursAsync(_session, version, known.Columns));
            foreach (IJudge judge in judges.All)
            {
                JudgedRows.Compare(
                    faults, $"{judge.Dialect} at {version}", known.Lines(),
                    JudgedRows.Theirs(judge, _session.Table, version, known.Columns));
            }
        }

        foreach (IJudge judge in judges.All)
        {
            CompareFiltered(faults, judge, JudgePredicates.Of(history.Versions[^1], judge.Dialect, random));
        }

        await CompareHistoryAsync(faults, history);
        Assert.True(faults.Count == 0, $"{seed}\n{string.Join('\n', faults)}\n{string.Join('\n', history.Steps)}");
    }

    [JudgesTheory]
    [InlineData("minValues", "id < 2")]
    [InlineData("maxValues", "id >= 0")]
    public async Task Judges_WrongBounds_AreCaught(string bound, string predicate)
    {
        MixedHistory history = new(_session, 1, null);
        await history.RunAsync(1);
        string entry = Path.Combine(_session.Log, "00000000000000000000.json");
        string text = await File.ReadAllTextAsync(entry);
        string wrong = bound == "minValues" ? "1000" : "-1000";
        string changed = Regex.Replace(
            text, $"{bound}\\\\\":{{\\\\\"id\\\\\":[0-9]+", $"{bound}\\\":{{\\\"id\\\":{wrong}");
        Assert.NotEqual(text, changed);
        await File.WriteAllTextAsync(entry, changed);

        foreach (IJudge judge in judges.All)
        {
            List<string> faults = [];
            CompareFiltered(faults, judge, [predicate]);
            Assert.Single(faults);
        }
    }

    [JudgesTheory]
    [InlineData(3)]
    public async Task Judges_CheckpointWithoutAFile_IsCaught(int appends)
    {
        MixedHistory history = new(_session, 2, null);
        for (int i = 0; i < appends; i++)
        {
            await history.AppendAsync("WRITE");
        }

        Known known = history.Versions[^1];
        Snapshot snapshot = await _session.Delta.LoadAsync(default);
        await _session.Delta.CheckpointAsync(snapshot, default);
        string checkpoint = Path.Combine(_session.Log, $"{snapshot.Version:D20}.checkpoint.parquet");
        string lost = SqlText.Literal(snapshot.Files[0].Path.Split('/')[^1]);
        _session.Connection.Execute(
            $"copy (select * from read_parquet({SqlText.Literal(checkpoint)}) where add is null or not "
            + $"contains(add.path, {lost})) to {SqlText.Literal(checkpoint + ".new")} (format parquet)");
        File.Move(checkpoint + ".new", checkpoint, overwrite: true);

        // The checksum says so too, and then nobody gets to compare rows.
        Directory.GetFiles(_session.Log, "*.crc").ToList().ForEach(File.Delete);

        List<string> faults = [];
        JudgedRows.Compare(
            faults, "Landfall", known.Lines(),
            await JudgedRows.OursAsync(_session, snapshot.Version, known.Columns));
        foreach (IJudge judge in judges.All)
        {
            JudgedRows.Compare(
                faults, judge.Dialect.ToString(), known.Lines(),
                JudgedRows.Theirs(judge, _session.Table, null, known.Columns));
        }

        Assert.Equal(3, faults.Count(f => f.Contains("expected", StringComparison.Ordinal)));
    }

    /// <summary>Rows that a filter finds with the help of statistics are those it finds in all rows.</summary>
    private void CompareFiltered(List<string> faults, IJudge judge, ImmutableArray<string> predicates)
    {
        string all = string.Join(", ", predicates.Select((p, i) =>
            $"sum(case when {p} then id + 1 else 0 end) as p{i}"));
        JsonObject unfiltered = judge.Read(_session.Table, null, $"select {all} from t").Single();
        string each = string.Join(" union all ", predicates.Select((p, i) =>
            $"select {i} as i, sum(id + 1) as s from t where {p}"));
        foreach (JsonObject row in judge.Read(_session.Table, null, each))
        {
            int i = (int)row["i"]!;
            string expected = unfiltered[$"p{i}"]?.ToString() ?? "0";
            string found = row["s"]?.ToString() ?? "0";
            if (expected != found)
            {
                faults.Add($"{judge.Dialect}: {predicates[i]} finds {found} instead of {expected}");
            }
        }
    }

    private async Task CompareHistoryAsync(List<string> faults, MixedHistory history)
    {
        (long, string, long)[] ours =
        [
            .. (await _session.Delta.HistoryAsync(null, default)).Reverse()
                .Select(c => (c.Version, c.Operation, c.Timestamp.ToUnixTimeMilliseconds())),
        ];
        JudgedRows.Compare(faults, "Landfall's history", history.Operations, ours.Select(h => h.Item2));
        foreach (IJudge judge in judges.All)
        {
            // Spark goes by the modification time of the log entry.
            long unit = judge.Dialect == JudgeDialect.Spark ? 10_000 : 1;
            var theirs = judge.History(_session.Table);
            JudgedRows.Compare(faults, $"{judge.Dialect}'s history", ours.Select(h => $"{h.Item1} {h.Item2}"),
                theirs.Select(h => $"{h.Version} {h.Operation}"));
            if (ours.Zip(theirs).Any(h => Math.Abs(h.First.Item3 - h.Second.Timestamp) >= unit))
            {
                faults.Add($"{judge.Dialect}'s history has other times: "
                    + string.Join(", ", ours.Zip(theirs).Select(h => h.First.Item3 - h.Second.Timestamp)));
            }
        }
    }
}
