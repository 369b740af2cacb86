using Landfall.Engine.Analysis;
using Landfall.Engine.DuckDb;
using Landfall.Engine.Lakes;
using Landfall.Engine.Planning;
using Landfall.Engine.Query;
using Landfall.Engine.Running;
using Landfall.Engine.Steps;
using Landfall.Engine.Tests.Running;
using Landfall.Engine.WorkerHost.Dummies;
using Landfall.Estate;
using Landfall.Testing;
using Landfall.Testing.Delta;
using Landfall.Workers;

namespace Landfall.Engine.Tests.Extending;

/// <summary>
/// A source kind and an engine that stand in a test's project alone: parsed, planned, landed, enriched, built and
/// metered as those that Landfall comes with.
/// </summary>
public sealed class DummyKindsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DummyKindsTests() => Declare(count: 3, mode: "append");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_OfADummySourceInADummyEngine_BringsWhatIsNew()
    {
        RunSummary first = await RunAsync();
        Declare(count: 5, mode: "append");
        RunSummary second = await RunAsync();
        RunSummary third = await RunAsync();

        Assert.Equal(
            (RunState.Succeeded, RunState.Succeeded, RunState.UpToDate), (first.State, second.State, third.State));
        Assert.Equal(["1", "2", "3", "4", "5"], await RowsAsync("select n from ops.inbox.number order by n"));
        Assert.Equal(["15"], await RowsAsync("select total from ops.sums.total"));

        // One row, told ten times: the step ran in the dummy, not in the engine that it wraps.
        Assert.Equal(10, second.Steps.Single(s => s.Step.Kind == StepKind.Build).Outcome.Rows);
        Assert.Equal(
            ["duckdb", "spark"], await RowsAsync("select distinct engine from management.platform.meters order by 1"));
    }

    [Fact]
    public async Task Plan_OfADummySource_SaysWhatItWouldLand()
    {
        Plan plan = await PlanAsync();

        Assert.Equal("numbers up to 3", plan.Steps.Single(s => s.Step.Kind == StepKind.Land).Reason);
    }

    /// <summary>What is not read for a plan must not be planned as if it were not there.</summary>
    [Fact]
    public async Task Plan_OfNewDataThatIsNotRead_NamesEveryStepAfterIt()
    {
        await RunAsync();
        Plan before = await PlanAsync();
        Declare(count: 5, mode: "append");

        Plan after = await PlanAsync();

        Assert.All(before.Steps, s => Assert.False(s.WillRun, $"{s.Step.Key}: {s.Reason}"));
        Assert.Equal(
            [
                "numbers up to 5", "its source has new data, which is known when it is landed",
                "input will change: ops.inbox.number",
            ],
            after.Steps.Select(s => s.WillRun ? s.Reason : "nothing"));
    }

    [Fact]
    public void Load_WithoutTheKind_RefusesItsWord()
    {
        EstateLoadResult loaded = EstateLoader.Load(Path.Combine(_folder.Path, "estate"));

        Assert.Null(loaded.Estate);
        Assert.Contains(loaded.Diagnostics, d => d.Message.Contains("numbers", StringComparison.Ordinal));
    }

    /// <summary>None of the kinds is the one that the neutral value of an unknown source has.</summary>
    [Fact]
    public void Load_OfAnUnknownWord_IsReportedAndNothingThrown()
    {
        string manifest = Path.Combine(_folder.Path, "estate/ops/integrations/inbox/integration.yaml");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace(
            "type: numbers", "type: nmbers", StringComparison.Ordinal));

        Assert.Equal(["LF1016"], Load().Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public void Load_OfATableThatTheKindRefuses_SaysSo()
    {
        Declare(count: 3, mode: "snapshot");

        EstateLoadResult loaded = Load();

        Assert.Equal(["LF1043"], loaded.Diagnostics.Select(d => d.Code));
    }

    [Fact]
    public async Task Run_WithoutTheKind_IsRefused()
    {
        RunSummary summary = await RunAsync(withKind: false);

        Assert.Equal("LF4001", summary.Steps.Single(s => s.Step.Kind == StepKind.Land).Outcome.FailureCode);
    }

    private static WorkerCommand Workers { get; } = WorkerBench.Command with
    {
        Arguments = [WorkerBench.Command.Arguments[0], "dummies"],
    };

    private EstateLoadResult Load() =>
        EstateLoader.Load(
            Path.Combine(_folder.Path, "estate"), EstateKinds.Standard with { Sources = [new NumbersManifest()] });

    private EngineSession Open(bool withKind = true)
    {
        EstateDefinition estate = Load().Estate
            ?? throw new InvalidOperationException(string.Join('\n', Load().Diagnostics));
        return new(new EngineOptions
        {
            Estate = estate,
            Home = new LandfallHome(_folder.Path),
            Target = estate.Targets.Single(),
            Worker = Workers,
            Engines = [new DuckDbBuildEngine().Name, new SecondEngine().Name],
            Sources = withKind ? [new NumbersSourceKind()] : [],
            Products = [new SqlProductKind()],
            Engine = new DuckDbLocalEngine(),
        });
    }

    private async Task<Plan> PlanAsync()
    {
        using EngineSession session = Open();
        EstateAnalysis analysis = EstateAnalysis.Of(session, TimeProvider.System.GetUtcNow());
        return await new EstatePlanner(session, analysis).PlanAsync([], [], false, CancellationToken.None);
    }

    private async Task<RunSummary> RunAsync(bool withKind = true)
    {
        using EngineSession session = Open(withKind);
        EstateAnalysis analysis = EstateAnalysis.Of(session, TimeProvider.System.GetUtcNow());
        Assert.True(!analysis.HasErrors, string.Join('\n', analysis.Diagnostics));
        return await new EstateRunner(session, analysis).RunAsync(
            new RunRequest(analysis.Steps, FullRefresh: false), new RunBench.Watcher(), CancellationToken.None);
    }

    private async Task<string[]> RowsAsync(string sql)
    {
        using EngineSession session = Open();
        using QueryResult result = await new QueryRunner(session).RunAsync(sql, CancellationToken.None);
        return [.. result.Rows().Select(r => $"{r[0]}")];
    }

    private void Declare(int count, string mode)
    {
        DeclareZones();
        Write("ops/integrations/inbox/integration.yaml", $$"""
            apiVersion: landfall/v1
            kind: Integration
            id: inbox
            title: In
            owner: team
            pool: first
            source: { type: numbers, count: {{count}} }
            tables:
              - { name: number, mode: {{mode}} }
            """);
        Write("ops/integrations/inbox/contract.odcs.yaml", Contract("inbox", "number", "n"));
        Write("ops/products/sums/product.yaml", """
            apiVersion: landfall/v1
            kind: Product
            id: sums
            title: Sums
            owner: team
            type: sql
            pool: second
            tables:
              - { name: total }
            """);
        Write(
            "ops/products/sums/total.sql",
            "select cast(sum(number.n) as bigint) as total from ops.inbox.number as number\n");
        Write("ops/products/sums/contract.odcs.yaml", Contract("sums", "total", "total"));
    }

    private static string Contract(string id, string table, string column) => $$"""
        apiVersion: v3.1.0
        kind: DataContract
        id: {{id}}
        version: 1.0.0
        status: active
        schema:
          - name: {{table}}
            physicalType: table
            properties:
              - { name: {{column}}, logicalType: integer, physicalType: bigint }
        """;

    private void DeclareZones()
    {
        TestManifests.WriteHead(
            Path.Combine(_folder.Path, "estate"), egress: "[{ name: spark, host: localhost }]");
        string pool = "memory: 1GiB, threads: 2, concurrency: 1, timeout: 1h, price: { cpuHour: 0.06 }";
        Write("ops/zone.yaml", $$"""
            apiVersion: landfall/v1
            kind: LandingZone
            id: ops
            title: Operations
            owner: team
            costCentre: CC-1
            peers: []
            network: { range: 10.1.0.0/16 }
            tools: { engines: [duckdb, spark], sources: [numbers], serving: [sql] }
            pools:
              - { id: first, engine: duckdb, {{pool}} }
              - { id: second, engine: spark, spark: { address: "sc://localhost:1" }, {{pool}} }
            roles: []
            """);
    }

    private void Write(string name, string text) =>
        TestManifests.Write(Path.Combine(_folder.Path, "estate"), name, text);
}
