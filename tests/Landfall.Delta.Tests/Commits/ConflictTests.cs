using Landfall.Estate.Types;

namespace Landfall.Delta.Tests.Commits;

/// <summary>
/// Two transactions that start from the same version, for every pair of what they do: the second commits or
/// conflicts as Delta's rules say.
/// </summary>
public sealed class ConflictTests
{
    private readonly TestTable _table = new();

    /// <summary>What a transaction does: its name in the matrix.</summary>
    private static readonly Dictionary<string, Action<Transaction, string>> Actions = new()
    {
        ["append january"] = (t, id) => t.Add(TestTable.File(id)),
        ["append february"] = (t, id) => t.Add(TestTable.File(id, "2026-02-01")),
        ["overwrite"] = (t, id) =>
        {
            t.RemoveAll();
            t.Add(TestTable.File(id));
        },
        ["overwrite january"] = (t, id) =>
        {
            t.RemovePartitions(TestTable.Month("2026-01-01"));
            t.Add(TestTable.File(id));
        },
        ["overwrite february"] = (t, id) =>
        {
            t.RemovePartitions(TestTable.Month("2026-02-01"));
            t.Add(TestTable.File(id, "2026-02-01"));
        },
        ["remove j"] = (t, _) => t.Remove(t.ReadSnapshot!.FindFile("j")!),
        ["compact j"] = (t, id) =>
        {
            t.Isolation = IsolationLevel.SnapshotIsolation;
            t.ReadPartitions(TestTable.Month("2026-01-01"));
            t.Remove(t.ReadSnapshot!.FindFile("j")!, dataChange: false);
            t.Add(TestTable.File(id) with { DataChange = false });
        },
        ["read all"] = (t, id) =>
        {
            t.ReadWholeTable();
            t.Add(TestTable.File(id));
        },
        ["read january"] = (t, id) =>
        {
            t.ReadPartitions(TestTable.Month("2026-01-01"));
            t.Add(TestTable.File(id, "2026-03-01"));
        },
        ["serializable read january"] = (t, id) =>
        {
            t.Isolation = IsolationLevel.Serializable;
            t.ReadPartitions(TestTable.Month("2026-01-01"));
            t.Add(TestTable.File(id, "2026-03-01"));
        },
        ["schema"] = (t, _) => t.SetSchema(new([.. TestTable.Schema.Fields, new("x", DataType.Int)]), ["month"]),
        ["schema and read january"] = (t, _) =>
        {
            t.SetSchema(new([.. TestTable.Schema.Fields, new("x", DataType.Int)]), ["month"]);
            t.ReadPartitions(TestTable.Month("2026-01-01"));
        },
        ["txn a"] = (t, id) =>
        {
            t.SetTransaction("a", 1);
            t.Add(TestTable.File(id));
        },
        ["txn b"] = (t, id) =>
        {
            t.SetTransaction("b", 1);
            t.Add(TestTable.File(id));
        },
    };

    [Theory]
    [InlineData("append january", "append january", null)]
    [InlineData("append january", "overwrite", null)]
    [InlineData("append january", "overwrite january", null)]
    [InlineData("append january", "read january", null)]
    [InlineData("append january", "serializable read january", ConflictKind.ConcurrentAppend)]
    [InlineData("append february", "serializable read january", null)]
    [InlineData("append january", "schema and read january", ConflictKind.ConcurrentAppend)]
    [InlineData("append february", "schema and read january", null)]
    [InlineData("append january", "schema", null)]
    [InlineData("append january", "compact j", null)]
    [InlineData("append january", "remove j", null)]
    [InlineData("overwrite", "append january", null)]
    [InlineData("overwrite", "overwrite", ConflictKind.ConcurrentAppend)]
    [InlineData("overwrite", "overwrite january", ConflictKind.ConcurrentAppend)]
    [InlineData("overwrite", "overwrite february", ConflictKind.ConcurrentDeleteRead)]
    [InlineData("overwrite january", "overwrite january", ConflictKind.ConcurrentAppend)]
    [InlineData("overwrite january", "overwrite february", null)]
    [InlineData("overwrite january", "append january", null)]
    [InlineData("overwrite january", "read all", ConflictKind.ConcurrentAppend)]
    [InlineData("overwrite january", "compact j", ConflictKind.ConcurrentDeleteRead)]
    [InlineData("overwrite february", "compact j", null)]
    [InlineData("overwrite january", "remove j", ConflictKind.ConcurrentDeleteDelete)]
    [InlineData("remove j", "remove j", ConflictKind.ConcurrentDeleteDelete)]
    [InlineData("remove j", "overwrite january", ConflictKind.ConcurrentDeleteRead)]
    [InlineData("remove j", "overwrite february", null)]
    [InlineData("remove j", "read all", ConflictKind.ConcurrentDeleteRead)]
    [InlineData("remove j", "read january", ConflictKind.ConcurrentDeleteRead)]
    [InlineData("remove j", "append january", null)]
    [InlineData("compact j", "append january", null)]
    [InlineData("compact j", "overwrite january", ConflictKind.ConcurrentAppend)]
    [InlineData("compact j", "remove j", ConflictKind.ConcurrentDeleteDelete)]
    [InlineData("read all", "overwrite", ConflictKind.ConcurrentAppend)]
    [InlineData("read january", "read january", null)]
    [InlineData("read january", "overwrite", ConflictKind.ConcurrentAppend)]
    [InlineData("schema", "append january", ConflictKind.MetadataChanged)]
    [InlineData("schema", "schema", ConflictKind.MetadataChanged)]
    [InlineData("schema", "overwrite", ConflictKind.MetadataChanged)]
    [InlineData("txn a", "txn a", ConflictKind.ConcurrentTransaction)]
    [InlineData("txn a", "txn b", null)]
    [InlineData("txn a", "append january", null)]
    public async Task Commit_AfterAWinner_FollowsTheRules(string winner, string loser, ConflictKind? expected)
    {
        await _table.CreateAsync();
        Snapshot start = await _table.AppendAsync(TestTable.File("j"), TestTable.File("f", "2026-02-01"));
        Transaction first = _table.Delta.Begin(start, "WRITE");
        Transaction second = _table.Delta.Begin(start, "WRITE");
        Actions[winner](first, "first");
        Actions[loser](second, "second");

        await TestTable.CommitAsync(first);
        CommitResult result = await second.CommitAsync(TestTable.None);

        if (expected is { } kind)
        {
            Conflicted conflict = Assert.IsType<Conflicted>(result);
            Assert.Equal((kind, 2), (conflict.Kind, conflict.WinnerVersion));
            Assert.Equal(2, (await _table.LoadAsync()).Version);
        }
        else
        {
            Committed committed = Assert.IsType<Committed>(result);
            Assert.Equal(3, committed.Version);
            Assert.Equal(TestTable.Paths(await _table.LoadAsync()), TestTable.Paths(committed.Snapshot));
        }
    }

    [Fact]
    public async Task Commit_BothCreateTheTable_OneDoes()
    {
        Transaction first = _table.Delta.Begin(null, "CREATE TABLE");
        Transaction second = _table.Delta.Begin(null, "CREATE TABLE");
        first.SetSchema(TestTable.Schema, []);
        second.SetSchema(TestTable.Schema, []);

        await TestTable.CommitAsync(first);

        Assert.Equal(
            ConflictKind.ProtocolChanged, Assert.IsType<Conflicted>(await second.CommitAsync(TestTable.None)).Kind);
    }

    [Fact]
    public async Task Commit_ProtocolRaisedByTheWinner_Conflicts()
    {
        Snapshot start = await _table.CreateAsync();
        Transaction mine = _table.Delta.Begin(start, "WRITE");
        mine.Add(TestTable.File("a"));
        _table.Store["00000000000000000001.json"] =
            """{"protocol":{"minReaderVersion":1,"minWriterVersion":7,"writerFeatures":["appendOnly"]}}""";

        Assert.Equal(
            ConflictKind.ProtocolChanged, Assert.IsType<Conflicted>(await mine.CommitAsync(TestTable.None)).Kind);
    }

    [Fact]
    public async Task Commit_SeveralWinners_RebasesOntoTheLast()
    {
        Snapshot start = await _table.CreateAsync();
        for (int i = 0; i < 5; i++)
        {
            await _table.AppendAsync(TestTable.File("w" + i));
        }

        Transaction mine = _table.Delta.Begin(start, "WRITE");
        mine.Add(TestTable.File("mine"));

        Assert.Equal(6, (await TestTable.CommitAsync(mine)).Version);
        Assert.Equal(0, (int)(await _table.Delta.HistoryAsync(1, TestTable.None))[0].Info["readVersion"]!);
    }

    [Fact]
    public async Task Commit_WinnerBetweenLookAndWrite_IsNotOverwritten()
    {
        Snapshot start = await _table.CreateAsync();
        Transaction mine = _table.Delta.Begin(start, "WRITE");
        mine.Add(TestTable.File("mine"));
        Transaction other = _table.Open(_table.Store).Begin(start, "WRITE");
        other.Add(TestTable.File("other"));
        _table.Faults.BeforeNextWrite = () => TestTable.CommitAsync(other);

        Assert.Equal(2, (await TestTable.CommitAsync(mine)).Version);
        Assert.Equal(["mine", "other"], TestTable.Paths(await _table.LoadAsync()));
    }
}
