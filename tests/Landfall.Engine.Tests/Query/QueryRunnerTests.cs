using Landfall.Engine.Lakes;
using Landfall.Engine.Ledgers;
using Landfall.Engine.Query;
using Landfall.Engine.Tests.Running;
using Landfall.Estate;

namespace Landfall.Engine.Tests.Query;

/// <summary>Queries of people, over the management zone's own tables.</summary>
public sealed class QueryRunnerTests : IDisposable
{
    private readonly RunBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Run_SelectOfATable_GivesItsRowsAndIsAudited()
    {
        await FillAsync("first", "second");

        using (QueryResult result = await RunAsync(
            "select reason, \"at\" is not null as dated, null as nothing from management.platform.audit "
                + "order by reason"))
        {
            Assert.Equal(["reason", "dated", "nothing"], result.Columns.Select(c => c.Name));
            Assert.Equal([false, false], result.Columns.Take(2).Select(c => c.IsNumber));
            Assert.Equal(
                [["first", true, null], ["second", true, null]], result.Rows().Select(r => r.ToArray()).ToArray());
        }

        Assert.Contains(
            "query management.platform.audit permitted",
            await _bench.RowsAsync("audit", "action || ' ' || table_name || ' ' || decision"));
    }

    [Fact]
    public async Task Run_TableWithoutData_IsRefusedAndNotAudited()
    {
        LandfallException refused = await Assert.ThrowsAsync<LandfallException>(
            () => RunAsync("select * from management.platform.meters"));

        Assert.Equal("LF4031", refused.Code);
        Assert.Empty(await _bench.RowsAsync("audit", "action"));
    }

    [Theory]
    [InlineData("delete from management.platform.audit")]
    [InlineData("select 1; select 2")]
    [InlineData("select * from read_csv('/etc/passwd')")]
    [InlineData("select * from '/etc/passwd'")]
    [InlineData("select * from management.platform.audit, nowhere.unit.thing")]
    [InlineData("copy management.platform.audit to '/tmp/away.csv'")]
    [InlineData("")]
    public async Task Run_WhatIsNoSelectOfTables_IsRefusedBeforeAnythingIsRead(string sql)
    {
        await FillAsync("first");

        LandfallException refused = await Assert.ThrowsAsync<LandfallException>(() => RunAsync(sql));

        Assert.StartsWith("LF20", refused.Code, StringComparison.Ordinal);
        Assert.Equal(["read"], await _bench.RowsAsync("audit", "action"));
    }

    [Fact]
    public async Task Run_EndedEarly_LeavesNothingBehind()
    {
        await FillAsync("first", "second");

        QueryResult result = await RunAsync("select reason from management.platform.audit");
        Assert.NotEmpty(Scratch());
        Assert.NotNull(result.Rows().First());
        result.Dispose();

        Assert.Empty(Scratch());
    }

    private string[] Scratch() => Directory.Exists(_bench.Session.Home.Scratch)
        ? Directory.GetFileSystemEntries(_bench.Session.Home.Scratch)
        : [];

    private Task<QueryResult> RunAsync(string sql) => new QueryRunner(_bench.Session).RunAsync(sql, RunBench.None);

    private async Task FillAsync(params string[] reasons)
    {
        AuditLedger audit = new(_bench.Session.Platform(PlatformTables.Audit), _bench.Clock);
        await audit.RecordAsync(
            [.. reasons.Select(r => new AuditEntry("ana", "read", new("z", "u", "t"), true, r, null))], RunBench.None);
    }
}
