using System.Globalization;
using Landfall.Estate.Types;
using Landfall.Testing.Delta;

namespace Landfall.Delta.Tests;

/// <summary>A table in memory, partitioned by <c>month</c>, with files made of nothing but their names.</summary>
internal sealed class TestTable
{
    /// <summary>Writers must not share a seed: identities of commits come from it.</summary>
    private int _seed = 7;

    public TestTable()
    {
        Store = new();
        Faults = new(Store);
        Delta = Open(Faults);
    }

    public static TableSchema Schema { get; } = new(
        [new("id", DataType.BigInt), new("month", DataType.Date), new("name", DataType.String)]);

    public InMemoryLogStore Store { get; }

    public FaultingLogStore Faults { get; }

    public DeltaTable Delta { get; }

    public FixedClock Clock { get; } = new();

    public static CancellationToken None => CancellationToken.None;

    public DeltaTable Open(ILogStore log) =>
        new(log, new InMemoryParquetIo(log), Clock, new Random(Interlocked.Increment(ref _seed)));

    public Task<Snapshot> LoadAsync() => Delta.LoadAsync(None);

    public async Task<Snapshot> CreateAsync(params (string Key, string Value)[] properties)
    {
        Transaction transaction = Delta.Begin(null, "CREATE TABLE");
        transaction.SetSchema(Schema, ["month"]);
        foreach ((string key, string value) in properties)
        {
            transaction.SetProperty(key, value);
        }

        return await CommitAsync(transaction);
    }

    /// <summary>Appends files on the newest version.</summary>
    public async Task<Snapshot> AppendAsync(params AddFile[] files)
    {
        Transaction transaction = Delta.Begin(await LoadAsync(), "WRITE");
        Array.ForEach(files, transaction.Add);
        return await CommitAsync(transaction);
    }

    public static async Task<Snapshot> CommitAsync(Transaction transaction) =>
        Assert.IsType<Committed>(await transaction.CommitAsync(None)).Snapshot;

    public static AddFile File(string path, string? month = "2026-01-01", string? statistics = null) => new()
    {
        Path = path,
        Size = 10,
        ModificationTime = 1,
        PartitionValues = AddFile.NoPartition.Add("month", month),
        Statistics = FileStatistics.Of(statistics),
    };

    public static Predicate Month(string month) => Predicate.Column(
        "month", Comparison.Equal, DateOnly.ParseExact(month, "yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static string[] Paths(Snapshot snapshot) =>
        [.. snapshot.Files.Select(f => f.Path).Order(StringComparer.Ordinal)];
}
