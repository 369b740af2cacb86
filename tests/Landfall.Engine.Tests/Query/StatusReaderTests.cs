using Landfall.Delta;
using Landfall.Engine.Analysis;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Query;
using Landfall.Engine.Tests.Lakes;
using Landfall.Estate;
using Landfall.Estate.Integrations;
using Landfall.Estate.Products;
using Landfall.Estate.Types;
using Landfall.Testing;

namespace Landfall.Engine.Tests.Query;

public sealed class StatusReaderTests : IDisposable
{
    private const string Event = "z.src.event";
    private const string Place = "z.src.place";

    private readonly SmallHome _home = new(Estate());

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Read_EmptyLake_HasEveryTableButQuarantines()
    {
        IReadOnlyList<TableStatus> statuses = await ReadAsync();

        Assert.Equal(
            [
                "management.platform.audit", "management.platform.meters", "management.platform.runs", "z.p.both",
                "z.p.second", Event, Place,
            ],
            statuses.Select(s => s.Table.Name.ToString()));
        Assert.All(statuses, s => Assert.Equal((-1L, 0L, 0, 0L), (s.Version, s.Rows, s.Files, s.Bytes)));
        Assert.All(statuses, s => Assert.Equal((null, null, null, null), (s.Committed, s.SourceTime, s.Age, s.Fresh)));
    }

    [Fact]
    public async Task Read_Table_IsCountedAtItsNewestVersion()
    {
        await _home.AppendAsync(Event, "a", "b");
        _home.Clock.Advance(TimeSpan.FromHours(1));
        Snapshot newest = await _home.AppendAsync(Event, "c");

        TableStatus status = await ReadAsync(Event);

        Assert.Equal((1L, 9L, 3, 21L), (status.Version, status.Rows, status.Files, status.Bytes));
        Assert.Equal(newest.Timestamp, status.Committed);
    }

    [Fact]
    public async Task Read_AFileWithoutStatistics_MakesRowsUnknown()
    {
        await _home.AppendAsync(Event, "a");
        await _home.CommitAsync(Event, t => t.Add(_home.Add(Event, "b", statistics: null)));

        Assert.Equal(-1, (await ReadAsync(Event)).Rows);
    }

    [Theory]
    [InlineData("""{"numRecords":0}""", false)]
    [InlineData("""{"numRecords":1}""", true)]
    [InlineData(null, true)]
    public async Task Read_Quarantine_IsShownUnlessItIsKnownToBeEmpty(string? statistics, bool shown)
    {
        const string quarantine = Event + "__quarantine";
        await _home.CommitAsync(quarantine, t => t.Add(_home.Add(quarantine, "q", statistics)));

        Assert.Equal(shown, (await ReadAsync()).Any(s => s.Table.Kind == TableKind.Quarantine));
    }

    [Fact]
    public async Task Read_EnrichedTable_IsAsNewAsItsNewestLandedFile()
    {
        await _home.AppendAsync(Event, "a");
        await LandAsync(("event", -90), ("event", -30), ("place", -1));

        TableStatus status = await ReadAsync(Event);

        Assert.Equal(_home.Clock.GetUtcNow().AddMinutes(-30), status.SourceTime);
        Assert.Equal(TimeSpan.FromMinutes(30), status.Age);
        Assert.Equal((TimeSpan.FromHours(1), true), (status.Promise, status.Fresh));
        _home.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.True((await ReadAsync(Event)).Fresh);
        _home.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False((await ReadAsync(Event)).Fresh);
    }

    [Fact]
    public async Task Read_LandedButNotCommitted_HasNoAge()
    {
        await LandAsync(("event", -30));

        Assert.Equal((-1L, null), ((await ReadAsync(Event)).Version, (await ReadAsync(Event)).Age));
    }

    [Fact]
    public async Task Read_CommittedWithoutRegister_HasNoAge()
    {
        await _home.AppendAsync(Event, "a");

        Assert.Equal((0L, null), ((await ReadAsync(Event)).Version, (await ReadAsync(Event)).Age));
    }

    [Theory]
    [InlineData(10, 50)]
    [InlineData(50, 10)]
    public async Task Read_Products_AreAsOldAsTheOldestOfWhatTheyRead(int eventAge, int placeAge)
    {
        await LandAsync(("event", -eventAge), ("place", -placeAge));
        foreach (string table in new[] { Event, Place, "z.p.both", "z.p.second" })
        {
            await _home.AppendAsync(table, "a");
        }

        IReadOnlyList<TableStatus> statuses = await ReadAsync();

        Assert.Equal(
            [50, 50, eventAge, placeAge],
            statuses.Where(s => s.Age is not null).Select(s => (int)s.Age!.Value.TotalMinutes));
        Assert.Null(statuses.Single(s => s.Table.Name.Table == "both").Fresh);
    }

    private static EstateDefinition Estate()
    {
        Integration source =
            TestEstates.Integration("z", "src", TestEstates.Table("event"), TestEstates.Table("place"));
        Product product = TestEstates.Product("z", "p", TestEstates.Table("both"), TestEstates.Table("second"));
        return TestEstates.Of(TestEstates.Zone(
            "z",
            [source with { Contract = source.Contract with { Freshness = TimeSpan.FromHours(1) } }],
            product with
            {
                Tables =
                [
                    TestEstates.Source("both", $"select e.id from {Event} e join {Place} p on e.id = p.id"),
                    TestEstates.Source("second", "select b.id from z.p.both b"),
                ],
            }));
    }

    private async Task<TableStatus> ReadAsync(string name) =>
        (await ReadAsync()).Single(s => s.Table.Name.ToString() == name);

    private Task<IReadOnlyList<TableStatus>> ReadAsync()
    {
        EstateAnalysis analysis = EstateAnalysis.Of(_home.Session, _home.Clock.GetUtcNow());
        Assert.Equal([], analysis.Diagnostics.Select(d => d.ToString()));
        return new StatusReader(_home.Session, analysis).ReadAsync(SmallHome.None);
    }

    /// <summary>Makes the part of a register that says of when each table's files are, in minutes from now.</summary>
    private async Task LandAsync(params (string Table, int Minutes)[] files)
    {
        string folder = Path.Combine(
            _home.Session.Lake.UnitFolder("z", LakeLayer.Raw, "src"), "_register");
        Directory.CreateDirectory(folder);
        TableSchema schema = new([new("table_name", DataType.String), new("source_time", DataType.Timestamp)]);
        IReadOnlyList<DataFile> written = _home.Session.Engine.Write(
            folder, schema,
            files.Select(f => new object?[] { f.Table, _home.Clock.GetUtcNow().AddMinutes(f.Minutes) }), "s1",
            SmallHome.None);
        Transaction transaction = _home.Session.Lake.Open(folder).Begin(null, "WRITE");
        transaction.SetSchema(schema, []);
        foreach (DataFile file in written)
        {
            transaction.Add(file.ToAddFile(_home.Clock.GetUtcNow()));
        }

        Assert.IsType<Committed>(await transaction.CommitAsync(SmallHome.None));
    }
}
