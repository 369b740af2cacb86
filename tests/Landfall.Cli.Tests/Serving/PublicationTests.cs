using Landfall.Engine.Running;
using Landfall.Engine.Steps;
using Npgsql;

namespace Landfall.Cli.Tests.Serving;

/// <summary>What is published is what the lake has, and moves as little as it must.</summary>
public sealed class PublicationTests : IAsyncLifetime
{
    private readonly ServedEstate _estate = ServedEstate.Create();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _estate.DisposeAsync();

    [Fact]
    public async Task Publication_OfChanges_MovesPartsAndNewFilesOnly()
    {
        RunSummary first = await _estate.RunWellAsync();
        Assert.Equal("first publication", ServedEstate.Publication(first, "report").Reason);
        await _estate.AssertEqualsLakeAsync();
        Assert.Equal(RunState.UpToDate, (await _estate.RunWellAsync()).State);

        // A month that is not there yet: sales are added, its part of the report is made, the others stay.
        string[] before = await RowIdsAsync();
        _estate.Put("two.csv", "id,day,item,amount,note\n1000,2026-09-01,a,1.00,new\n");
        RunSummary second = await _estate.RunWellAsync();
        StepOutcome report = ServedEstate.Publication(second, "report");
        Assert.Equal("by_month v0 to v1: month 2026-09-01; total v0 to v1", report.Reason);
        Assert.Equal(2, report.Rows);
        Assert.Equal(1, ServedEstate.Publication(second, "inbox").Rows);
        await _estate.AssertEqualsLakeAsync();
        Assert.Empty(before.Except(await RowIdsAsync()));

        // A file that is rewritten takes rows away.
        _estate.Put("two.csv", "id,day,item,amount,note\n1000,2026-10-01,a,2.00,\n");
        await _estate.RunWellAsync();
        await _estate.AssertEqualsLakeAsync();
        Assert.Equal(["2026-10-01"], await _estate.TextsAsync("select max(month)::text from report.by_month"));

        // Rows that only lie elsewhere are the same rows.
        Assert.Equal(ExitCodes.Success, (await _estate.Home.TryAsync("optimize", "--all")).ExitCode);
        Assert.Equal(RunState.UpToDate, (await _estate.RunWellAsync()).State);
        await _estate.AssertEqualsLakeAsync();
    }

    [Fact]
    public async Task Contract_Changed_MakesANewSchemaThatReadersOfTheOldDoNotNotice()
    {
        await _estate.RunWellAsync();
        await using NpgsqlConnection reader = await _estate.ConnectAsync(ServedEstate.Analyst);
        await ServedEstate.ExecuteAsync(reader, "begin isolation level repeatable read");
        string[] old = await ServedEstate.TextsAsync(reader, "select sum(sales)::text from report.by_month");

        _estate.Home.Change(ServedEstate.Contract, "version: 1.0.0", "version: 2.0.0");
        _estate.Home.Change(
            ServedEstate.Contract, "{ name: sales, logicalType: integer, physicalType: bigint, required: true }",
            "{ name: count, logicalType: integer, physicalType: bigint, required: true }");
        _estate.Home.Change(ServedEstate.MonthSql, "as sales", "as count");
        _estate.Home.Change(ServedEstate.TotalSql, "as sales", "as count");
        RunSummary run = await _estate.RunWellAsync();

        Assert.Equal("its contract changed", ServedEstate.Publication(run, "report").Reason);
        await ServedEstate.ExecuteAsync(reader, "commit");
        Assert.Equal(old, await ServedEstate.TextsAsync(reader, "select sum(count)::text from report.by_month"));

        // What a reader kept alive goes with the next publication.
        _estate.Put("two.csv", ServedEstate.Sales(1000, 3));
        await _estate.RunWellAsync();
        Assert.Empty(await _estate.TextsAsync("select nspname from pg_namespace where nspname like 'report_%'"));
    }

    [Fact]
    public async Task Descriptions_Changed_AreWrittenWithoutMovingRows()
    {
        await _estate.RunWellAsync();
        string[] rows = await RowIdsAsync();
        _estate.Home.Change(ServedEstate.Contract, "Sales by month.", "It's \"new\" — \\ ünï.");

        await _estate.RunWellAsync();

        Assert.Equal(rows, await RowIdsAsync());
        Assert.Equal(
            ["It's \"new\" — \\ ünï."],
            await _estate.TextsAsync("select obj_description('report.by_month'::regclass)"));
        Assert.Equal(RunState.UpToDate, (await _estate.RunWellAsync()).State);
    }

    [Fact]
    public async Task Value_ThatPostgresDoesNotHave_LeavesWhatWasPublished()
    {
        await _estate.RunWellAsync();
        _estate.Put("two.csv", "id,day,item,amount,note\n1000,2026-09-01,a,1.00,nul \0 here\n");

        RunSummary run = await _estate.RunAsync();

        StepOutcome inbox = ServedEstate.Publication(run, "inbox");
        Assert.Equal("LF4312", inbox.FailureCode);
        Assert.Contains("note", inbox.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("here", inbox.FailureMessage, StringComparison.Ordinal);
        Assert.Equal(StepState.Done, ServedEstate.Publication(run, "report").State);
        Assert.Equal(["40"], await _estate.TextsAsync("select count(*)::text from inbox.sale"));

        _estate.Put("two.csv", "id,day,item,amount,note\n1000,2026-09-01,a,1.00,ok\n");
        await _estate.RunWellAsync();
        await _estate.AssertEqualsLakeAsync();
    }

    /// <summary>A publication is a step like others: planned without a trace, paid for by its pool, audited.</summary>
    [Fact]
    public async Task Publication_IsPlannedMeteredAndAudited()
    {
        await _estate.RunWellAsync();
        _estate.Put("two.csv", ServedEstate.Sales(1000, 3));

        CliResult plan = await _estate.Home.TryAsync("plan");
        Assert.Equal(ExitCodes.Success, plan.ExitCode);
        Assert.Contains(
            "publish ops.report: ops.report.by_month, ops.report.total will change", plan.Output,
            StringComparison.Ordinal);
        Assert.Equal(["40"], await _estate.TextsAsync("select sum(sales)::text from report.by_month"));

        await _estate.RunWellAsync();
        await _estate.DoAsync("update report.total set sales = 0");
        plan = await _estate.Home.TryAsync("plan");
        Assert.Contains("publish ops.report: total was changed by hand", plan.Output, StringComparison.Ordinal);
        Assert.Equal(["0"], await _estate.TextsAsync("select sales::text from report.total"));

        CliResult meters = await _estate.Home.TryAsync(
            "query", "--format", "csv", "select distinct pool, table_name from management.platform.meters "
                + "where table_name like '%._sql' order by table_name");
        Assert.Equal(
            "pool,table_name\nshared,ops.inbox._sql\nshared,ops.report._sql",
            meters.Output.ReplaceLineEndings("\n").Trim());
        CliResult audit = await _estate.Home.TryAsync(
            "query", "--format", "csv", "select distinct principal, reason from management.platform.audit "
                + "where action = 'publish' and table_name = 'ops.report.total'");
        Assert.Contains("ops/report,serve: sql; roles analyst", audit.Output, StringComparison.Ordinal);
    }

    /// <summary>A run that failed between two tables leaves them apart: they are not published so.</summary>
    [Fact]
    public async Task Tables_OfTwoVersions_AreNotPublished()
    {
        await _estate.RunWellAsync();
        _estate.Put("two.csv", ServedEstate.Sales(1000, 3));
        await _estate.RunWellAsync("inbox");
        await _estate.RunWellAsync("ops.report.by_month");

        RunSummary torn = await _estate.RunAsync("ops.report._sql");
        Assert.Equal("LF4317", torn.Steps.Single().Outcome.FailureCode);
        Assert.Equal(["40"], await _estate.TextsAsync("select sum(sales)::text from report.by_month"));

        await _estate.RunWellAsync();
        await _estate.AssertEqualsLakeAsync();
    }

    [Fact]
    public async Task Failure_BeforeAPublication_MarksWhatIsPublishedUntilItIsMended()
    {
        await _estate.RunWellAsync();
        _estate.Home.Change(ServedEstate.TotalSql, "max(sale.day)", "make_date(2026, 13, 1)");

        RunSummary run = await _estate.RunAsync();

        StepOutcome report = ServedEstate.Publication(run, "report");
        Assert.Equal((StepState.Skipped, "a step before it failed; what is published stays and says so"),
            (report.State, report.Reason));
        Assert.StartsWith(
            "[Not up to date: LF", Assert.Single(await _estate.TextsAsync(
                "select obj_description('report.by_month'::regclass)")), StringComparison.Ordinal);
        _estate.Home.Change(ServedEstate.TotalSql, "make_date(2026, 13, 1)", "max(sale.day)");
        await _estate.RunWellAsync();
        Assert.Equal(
            ["Sales by month."], await _estate.TextsAsync("select obj_description('report.by_month'::regclass)"));
    }

    /// <summary>Where each row of the report lies: one that was not touched lies where it lay.</summary>
    private Task<string[]> RowIdsAsync() =>
        _estate.TextsAsync("select month || item || ctid || xmin from report.by_month order by 1");
}
