namespace Landfall.Delta.Tests.Commits;

/// <summary>
/// Two writers, stopped before each of five phases, in each of the 252 orders of their phases, for each ordered pair
/// of operations. <c>Conflicts.md</c> says how the later of two concurrent commits must end.
/// </summary>
public sealed class GatedWritersTests(ITestOutputHelper output)
{
    private const int Phases = 5;

    private static readonly string[] Operations =
        ["append", "partition overwrite", "delete", "optimize", "schema change", "vacuum"];

    private static readonly Dictionary<(string Winner, string Loser), string> Expected = ReadTable();

    [Fact]
    public async Task TwoWriters_InEveryOrder_EndAsTheTableSays()
    {
        List<string> wrong = [];
        int runs = 0;
        foreach (string first in Operations)
        {
            foreach (string second in Operations)
            {
                foreach (int order in Orders())
                {
                    runs++;
                    if (await RunAsync(first, second, order, hidesReads: false) is { } violation)
                    {
                        wrong.Add($"{first} and {second} in order {order:b10}: {violation}");
                    }
                }
            }
        }

        output.WriteLine($"{runs} runs.");
        Assert.Equal(252 * 36, runs);
        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong: {string.Join(Environment.NewLine, wrong.Take(5))}");
    }

    [Fact]
    public async Task TwoWriters_WithReadsThatAreNotRegistered_AreFoundOut()
    {
        int found = 0;
        foreach (int order in Orders())
        {
            found += await RunAsync("partition overwrite", "partition overwrite", order, hidesReads: true) is null
                ? 0
                : 1;
        }

        output.WriteLine($"{found} of 252 orders show it.");
        Assert.True(found > 0, "An unregistered read went unnoticed: the harness is blind.");
    }

    /// <summary>Ten bits, five of them set: whose turn it is.</summary>
    private static IEnumerable<int> Orders() =>
        Enumerable.Range(0, 1 << (2 * Phases)).Where(o => int.PopCount(o) == Phases);

    /// <summary>What is wrong with a run; null where it is as it must be.</summary>
    private static async Task<string?> RunAsync(string first, string second, int order, bool hidesReads)
    {
        // Writers run inside the calls that open their gates, not later.
        SynchronizationContext.SetSynchronizationContext(null);
        var table = new TestTable();
        await table.CreateAsync(("delta.checkpointInterval", "1"));
        Dictionary<string, string[]> content = new() { ["j1"] = ["r1"], ["j2"] = ["r2"] };
        Snapshot start = await table.AppendAsync(
            TestTable.File("j1", GatedWriter.January), TestTable.File("j2", GatedWriter.January));
        GatedWriter[] writers =
        [
            new(table, content, first, "a") { HidesReads = hidesReads },
            new(table, content, second, "b") { HidesReads = hidesReads },
        ];
        Array.ForEach(writers, w => w.Start());
        for (int turn = 0; turn < 2 * Phases; turn++)
        {
            GatedWriter writer = writers[(order >> turn) & 1];
            writer.Step();
        }

        await Task.WhenAll(writers.Select(w => w.Running)).WaitAsync(TimeSpan.FromSeconds(20));
        return await JudgeAsync(table, start.Version, content, writers, [first, second]);
    }

    private static async Task<string?> JudgeAsync(
        TestTable table, long start, Dictionary<string, string[]> content, GatedWriter[] writers, string[] operations)
    {
        // The one whose commit came first, and the other.
        int winner = writers[0].Result is Committed { Version: var a } && a == start + 1 ? 0 : 1;
        int loser = 1 - winner;
        if (writers[winner].Result is not Committed)
        {
            return "nobody committed first";
        }

        bool concurrent = writers[loser].ReadVersion == start;
        string expected = concurrent ? Expected[(operations[winner], operations[loser])] : "commits";
        string actual = writers[loser].Result is Conflicted conflict ? conflict.Kind.ToString() : "commits";
        if (actual != expected)
        {
            return $"the later one {actual}, not {expected}";
        }

        Snapshot end = await table.LoadAsync();
        int committed = actual == "commits" ? 2 : 1;
        if (end.Version != start + committed)
        {
            return $"the table ends at version {end.Version}";
        }

        string rows = Text(end.Files.SelectMany(f => content[f.Path]));
        string[] serial = committed == 1
            ? [Serial(operations[winner], winner)]
            : [Serial(operations[winner], winner, operations[loser], loser),
                Serial(operations[loser], loser, operations[winner], winner)];
        return serial.Contains(rows) ? null : $"the rows are {rows}, which no order of the two gives";
    }

    private static string Serial(string first, int firstId, string? second = null, int secondId = 0)
    {
        HashSet<string> january = ["r1", "r2"];
        HashSet<string> march = [];
        Apply(first, firstId);
        if (second is not null)
        {
            Apply(second, secondId);
        }

        return Text(january.Concat(march));

        void Apply(string operation, int id)
        {
            string row = id == 0 ? "a" : "b";
            switch (operation)
            {
                case "append":
                    march.Add(row);
                    break;
                case "partition overwrite":
                    march = [row];
                    break;
                case "delete":
                    january = [];
                    break;
            }
        }
    }

    private static string Text(IEnumerable<string> rows) => string.Join(' ', rows.Order(StringComparer.Ordinal));

    private static Dictionary<(string Winner, string Loser), string> ReadTable()
    {
        string[][] rows =
        [
            .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Commits", "Conflicts.md"))
                .Where(l => l.StartsWith('|') && !l.StartsWith("|-", StringComparison.Ordinal))
                .Select(l => l.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
        ];
        return rows.Skip(1)
            .SelectMany(r => r.Skip(1).Select((cell, i) => (Winner: r[0], Loser: rows[0][i + 1], Cell: cell)))
            .ToDictionary(c => (c.Winner, c.Loser), c => c.Cell);
    }
}
