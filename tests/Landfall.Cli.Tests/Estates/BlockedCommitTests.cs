using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.Engine;
using Landfall.Engine.Running;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Workers;

namespace Landfall.Cli.Tests.Estates;

/// <summary>
/// Steps whose commit is refused, through whole runs: the table stays as it is, what reads it is skipped, everything
/// else finishes, and the run fails.
/// </summary>
public sealed class BlockedCommitTests
{
    private const string Land = "ops.inbox";
    private const string Event = "ops.inbox.event";
    private const string Item = "ops.inbox.item";
    private const string ByItem = "ops.daily.by_item";
    private const string Total = "fin.report.total";
    private const string Noted = "fin.report.noted";
    private const string Header = "id,sold_at,item,qty,note,extra\n";
    private const string Note = "- { name: note, logicalType: string }";
    private const string SomeRows = "- { name: some_rows, ";
    private const string Small =
        "- { name: small, type: sql, query: \"select sum(qty) from ${table}\", mustBeLessThan: 100 }\n      ";

    private static readonly string[] _tables = [Event, Item, ByItem, Total, Noted];

    [Fact]
    public async Task Run_ProductBreaksARule_BlocksItsCommitAndSkipsWhatReadsIt()
    {
        using SmallEstate home = EvolvingEstate.Create();
        home.Change(EvolvingEstate.Daily, SomeRows, Small + SomeRows);
        await home.RunWellAsync();
        Dictionary<string, string> before = await StateAsync(home);
        home.Put("events/three.csv", Header + "6,2026-02-04T10:00:00Z,b,1000,big,\n");

        JsonNode run = await RunAsync(home, ExitCodes.Failure, "LF4020");

        AssertSteps(run, (Land, "done"), (Event, "done"), (Item, "up-to-date"), (ByItem, "failed"), (Total, "skipped"),
            (Noted, "done"));
        Assert.Equal("LF4020", Text(run, ByItem, "code"));
        Assert.Equal(
            "ops.daily.by_item breaks its contract: small is 1028 and must be less than 100. Nothing was committed; "
            + "the table is as it was. Mend the inputs, the SQL or the rule, then run: landfall run --select daily",
            Text(run, ByItem, "message"));
        await AssertUntouchedAsync(home, before, ByItem, Total);

        // The same rows pass a rule that lets them, which is a new promise.
        home.Change(EvolvingEstate.Daily, "mustBeLessThan: 100 }", "mustBeLessThan: 2000 }");
        home.Change(EvolvingEstate.Daily, "version: 1.2.0", "version: 2.0.0");
        AssertSteps(await RunAsync(home, ExitCodes.Success), (Land, "up-to-date"), (Event, "up-to-date"),
            (Item, "up-to-date"), (ByItem, "done"), (Total, "done"), (Noted, "up-to-date"));
    }

    [Theory]
    [InlineData("'n/a'", true)]
    [InlineData("absent", false)]
    public async Task Run_EnrichedTableHasMissingValues_IsBlockedWhereTheRuleListsThem(string listed, bool blocked)
    {
        using SmallEstate home = EvolvingEstate.Create();
        home.Change(EvolvingEstate.Events, Note, "- { name: note, logicalType: string, quality: [{ metric: "
            + $"missingValues, arguments: {{ missingValues: [null, {listed}] }}, mustBeLessOrEqualTo: 2 }}] }}");
        await home.RunWellAsync();
        Dictionary<string, string> before = await StateAsync(home);
        home.Put("events/three.csv", Header
            + "6,2026-02-04T10:00:00Z,b,1,n/a,\n" + "7,2026-02-04T10:00:00Z,b,none,bad,\n"
            + string.Concat(Enumerable.Range(10, 150).Select(i => $"{i},2026-02-05T10:00:00Z,a,1,good,\n")));

        JsonNode run = await RunAsync(home, blocked ? ExitCodes.Failure : ExitCodes.Success, blocked ? "LF4020" : "");

        if (!blocked)
        {
            AssertSteps(run, (Land, "done"), (Event, "done"), (Item, "up-to-date"), (ByItem, "done"), (Total, "done"),
                (Noted, "done"));
            Assert.NotNull(await home.SnapshotAsync(Event + "__quarantine"));
            return;
        }

        AssertSteps(run, (Land, "done"), (Event, "failed"), (Item, "up-to-date"), (ByItem, "skipped"),
            (Total, "skipped"), (Noted, "skipped"));
        Assert.Equal("LF4020", Text(run, Event, "code"));
        Assert.Equal(
            "ops.inbox.event breaks its contract: note_missingValues is 3 and must be at most 2. Nothing was "
            + "committed; the table is as it was. Mend the source or the rule, then run: landfall run --select inbox",
            Text(run, Event, "message"));
        await AssertUntouchedAsync(home, before, Event, ByItem, Total, Noted);
        Assert.Null(await home.SnapshotAsync(Event + "__quarantine"));

        // What is landed stays and waits: a plan and the next run meet it again.
        CliResult plan = await home.TryAsync("plan");
        Assert.True(plan.ExitCode == ExitCodes.Failure && plan.Error.Contains("LF4020"), plan.Output + plan.Error);
        Assert.Equal("up-to-date", Text(await RunAsync(home, ExitCodes.Failure, "LF4020"), Land, "state"));
    }

    [Fact]
    public async Task Run_FirstRowsBreakARule_LeaveNoTable()
    {
        using SmallEstate home = EvolvingEstate.Create();
        home.Change(EvolvingEstate.Events, Note, "- { name: note, logicalType: string, quality: [{ metric: "
            + "nullValues, unit: percent, mustBeLessThan: 40 }] }");

        JsonNode run = await RunAsync(home, ExitCodes.Failure, "LF4020");

        AssertSteps(run, (Land, "done"), (Event, "failed"), (Item, "done"), (ByItem, "skipped"), (Total, "skipped"),
            (Noted, "skipped"));
        Assert.Contains("note_nullValues is 40 and must be less than 40 %", Text(run, Event, "message"),
            StringComparison.Ordinal);
        Assert.Null(await home.SnapshotAsync(Event));
    }

    [Fact]
    public async Task Run_ProductHasNullsInARequiredColumn_BlocksItsCommit()
    {
        using SmallEstate home = EvolvingEstate.Create();
        home.Change(EvolvingEstate.DailySql, "join ops.inbox.item", "left join ops.inbox.item");
        await home.RunWellAsync();
        Dictionary<string, string> before = await StateAsync(home);
        home.Put("events/three.csv", Header + "6,2026-02-04T10:00:00Z,unknown,1,good,\n");

        JsonNode run = await RunAsync(home, ExitCodes.Failure, "LF4021");

        AssertSteps(run, (Land, "done"), (Event, "done"), (Item, "up-to-date"), (ByItem, "failed"), (Total, "skipped"),
            (Noted, "done"));
        Assert.Equal("LF4021", Text(run, ByItem, "code"));
        Assert.Equal(
            "ops.daily.by_item has nulls in required columns: name. Nothing was committed; the table is as it was. "
            + "Look at the SQL with: landfall compile ops.daily.by_item",
            Text(run, ByItem, "message"));
        await AssertUntouchedAsync(home, before, ByItem, Total);

        home.Put("items/items.csv", "item,name\na,Apple\nb,Bread\nunknown,Known\n");
        AssertSteps(await RunAsync(home, ExitCodes.Success), (Land, "done"), (Event, "up-to-date"), (Item, "done"),
            (ByItem, "done"), (Total, "done"), (Noted, "up-to-date"));
    }

    [Fact]
    public async Task Run_AnInputHasNoDataYet_BlocksItsReadersAndNothingElse()
    {
        using SmallEstate home = EvolvingEstate.Create();
        Directory.Delete(Path.Combine(home.Folder, "src", "events"), recursive: true);

        JsonNode run = await RunAsync(home, ExitCodes.Failure, "LF4011");

        AssertSteps(run, (Land, "done"), (Event, "up-to-date"), (Item, "done"), (ByItem, "failed"), (Total, "skipped"),
            (Noted, "failed"));
        Assert.Equal(("LF4011", "LF4011"), (Text(run, ByItem, "code"), Text(run, Noted, "code")));
        Assert.Equal(
            "fin.report.noted reads ops.inbox.event, which has no data yet. Nothing was built. Bring data to it with: "
            + "landfall run --select +report",
            Text(run, Noted, "message"));
        Assert.Null(await home.SnapshotAsync(ByItem));
        Assert.Null(await home.SnapshotAsync(Noted));

        home.Put("events/one.csv", Header + "6,2026-02-04T10:00:00Z,b,1,good,\n");
        AssertSteps(await RunAsync(home, ExitCodes.Success), (Land, "done"), (Event, "done"), (Item, "up-to-date"),
            (ByItem, "done"), (Total, "done"), (Noted, "done"));
    }

    [Theory]
    [InlineData(ByItem, true, "skipped", "done")]
    [InlineData(Event, false, "skipped", "skipped")]
    public async Task Run_AnotherWriterCommitsInBetween_LosesAndLeavesTheTableAsThatWriterDid(
        string table, bool removes, string total, string noted)
    {
        using SmallEstate home = EvolvingEstate.Create();
        await home.RunWellAsync();
        home.Put("events/three.csv", Header + "6,2026-01-04T10:00:00Z,b,1,good,\n");
        long version = (await home.SnapshotAsync(table))!.Version;
        var other = new OtherWriter(home, table, removes);

        RunSummary run = await home.RunAsync(other);

        Dictionary<string, StepOutcome> steps = run.Steps.ToDictionary(s => s.Step.Key, s => s.Outcome);
        Assert.Equal("LF4010", steps[table].FailureCode);
        Assert.Contains(
            $"The commit to {table} lost against another writer: ", steps[table].FailureMessage,
            StringComparison.Ordinal);
        Assert.Equal(
            (StepState.Failed, total, noted, StepState.UpToDate),
            (steps[table].State, State(steps[Total]), State(steps[Noted]), steps[Item].State));
        Assert.Equal(ExitCodes.Failure, RunDriver.ExitCodeOf(run));
        Assert.Equal(version + 1, (await home.SnapshotAsync(table))!.Version);
        Assert.Equal(other.Rows, await home.RowsAsync(table));

        await home.RunWellAsync();
        Assert.Equal(version + 2, (await home.SnapshotAsync(table))!.Version);
    }

    [Fact]
    public async Task Run_AnotherWriterCommitsInBetween_NegativeControl_ToAnotherTableLosesNothing()
    {
        using SmallEstate home = EvolvingEstate.Create();
        await home.RunWellAsync();
        home.Put("events/three.csv", Header + "6,2026-01-04T10:00:00Z,b,1,good,\n");
        var other = new OtherWriter(home, Item, removes: false) { When = ByItem };

        RunSummary run = await home.RunAsync(other);

        Assert.NotEmpty(other.Rows);
        Assert.Equal(ExitCodes.Success, RunDriver.ExitCodeOf(run));
        Assert.Equal(5, run.Count(StepState.Done));
    }

    [Fact]
    public async Task Run_RulesThatOnlyWarn_AreRecordedAndBlockNothing()
    {
        using SmallEstate home = EvolvingEstate.Create();
        home.Change(EvolvingEstate.Events, Note, "- { name: note, logicalType: string, quality: [{ metric: "
            + "nullValues, mustBe: 0, severity: warning }] }");
        home.Change(EvolvingEstate.Daily, SomeRows, "- { name: none, type: sql, "
            + "query: \"select sum(qty) from ${table} where qty < 0\", mustBe: 0, severity: info }\n      " + SomeRows);

        CliResult result = await home.TryAsync("run", "--format", "json");

        Assert.True(result.ExitCode == ExitCodes.Success, result.Error);
        JsonNode run = JsonNode.Parse(result.Output)!;
        AssertSteps(run, (Land, "done"), (Event, "done"), (Item, "done"), (ByItem, "done"), (Total, "done"),
            (Noted, "done"));
        const string OfEvent = "note_nullValues is 2 and must be 0";
        const string OfByItem = "none gives null and must be 0";
        Assert.Contains(OfEvent, Warnings(run, Event));
        Assert.Equal([OfByItem], Warnings(run, ByItem));
        Assert.Contains($"warning ops.daily.by_item: {OfByItem}", result.Error, StringComparison.Ordinal);
        string log = (await home.TryAsync("logs", (string)run["run"]!)).Output;
        Assert.Contains("warning: " + OfEvent, log, StringComparison.Ordinal);
        Assert.Contains("warning: " + OfByItem, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_ARuleThatCannotBeMeasured_IsReported()
    {
        using SmallEstate home = EvolvingEstate.Create();
        home.Change(EvolvingEstate.Daily, SomeRows, Small.Replace("sum(qty)", "sum(quantity)") + SomeRows);

        CliResult result = await home.TryAsync("validate");

        Assert.Equal(ExitCodes.Failure, result.ExitCode);
        Assert.Contains("LF1065", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Contains(EvolvingEstate.Daily + ":13:9", result.Output + result.Error, StringComparison.Ordinal);
    }

    /// <summary>Runs everything with the program; standard error must name a code.</summary>
    private static async Task<JsonNode> RunAsync(SmallEstate home, int exitCode, string code = "")
    {
        CliResult result = await home.TryAsync("run", "--format", "json");
        Assert.True(result.ExitCode == exitCode, $"It ended with {result.ExitCode}: {result.Error}");
        Assert.Contains(code, result.Error, StringComparison.Ordinal);
        return JsonNode.Parse(result.Output)!;
    }

    private static void AssertSteps(JsonNode run, params (string Step, string State)[] expected) => Assert.Equal(
        expected.OrderBy(e => e.Step, StringComparer.Ordinal),
        run["steps"]!.AsArray().Select(s => ((string)s!["step"]!, (string)s["state"]!))
            .OrderBy(s => s.Item1, StringComparer.Ordinal));

    private static string? Text(JsonNode run, string step, string key) =>
        (string?)run["steps"]!.AsArray().Single(s => (string)s!["step"]! == step)![key];

    private static string[] Warnings(JsonNode run, string step) =>
    [
        .. run["steps"]!.AsArray().Single(s => (string)s!["step"]! == step)!["warnings"]!.AsArray()
            .Select(w => (string)w!),
    ];

    private static string State(StepOutcome outcome) => outcome.State.ToString().ToLowerInvariant();

    /// <summary>Version and rows of each table.</summary>
    private static async Task<Dictionary<string, string>> StateAsync(SmallEstate home)
    {
        Dictionary<string, string> state = new(StringComparer.Ordinal);
        foreach (string table in _tables)
        {
            string rows = string.Join('\n', await home.RowsAsync(table));
            state[table] = $"v{(await home.SnapshotAsync(table))!.Version}\n{rows}";
        }

        return state;
    }

    private static async Task AssertUntouchedAsync(
        SmallEstate home, Dictionary<string, string> before, params string[] tables)
    {
        Dictionary<string, string> after = await StateAsync(home);
        Assert.Equal(
            before.Where(b => tables.Contains(b.Key)), after.Where(a => tables.Contains(a.Key)));
        Assert.NotEqual(before[Event] + before[Noted], tables.Contains(Event) ? "" : after[Event] + after[Noted]);
    }

    /// <summary>Commits to a table when a step has read it and not yet committed, without asking anybody.</summary>
    private sealed class OtherWriter(SmallEstate home, string table, bool removes) : IRunObserver
    {
        /// <summary>The step that it waits for, where it is not the table's.</summary>
        public string When { get; init; } = "";

        /// <summary>The rows that it left.</summary>
        public string[] Rows { get; private set; } = [];

        public void RunStarted(string runId, int steps)
        {
        }

        public void StepStarted(StepNode step, string reason)
        {
            if (step.Key == (When.Length == 0 ? table : When))
            {
                // The step waits meanwhile, as observers are called by it.
                WriteAsync().GetAwaiter().GetResult();
            }
        }

        public void StepWaiting(StepNode step, string reason)
        {
        }

        public void StepProgressed(StepNode step, WorkerProgress progress)
        {
        }

        public void StepFinished(StepNode step, StepOutcome outcome)
        {
        }

        public void RunFinished(RunSummary summary)
        {
        }

        private async Task WriteAsync()
        {
            using EngineSession session = home.Open();
            Assert.True(TableName.TryParse(table, out TableName name));
            DeltaTable delta = session.Open(session.Catalog.Get(name));
            Snapshot snapshot = await delta.LoadAsync(CancellationToken.None);
            Transaction transaction = delta.Begin(snapshot, "OTHER");
            if (removes)
            {
                transaction.ReadWholeTable();
                transaction.Remove(snapshot.Files.Single(f => f.PartitionValues["month"] == "2026-01-01"));
            }
            else
            {
                transaction.SetProperty("other.writer", "was here");
            }

            Assert.IsType<Committed>(await transaction.CommitAsync(CancellationToken.None));
            Rows = await home.RowsAsync(table);
        }
    }
}
