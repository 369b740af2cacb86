using System.Text.Json.Nodes;
using Landfall.Engine.Running;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Testing;

namespace Landfall.Engine.Tests.Running;

/// <summary>What the table of runs and an observer are told of a run's steps.</summary>
public sealed class RunRecordsTests : IDisposable
{
    private readonly RunBench _bench = new() { Clock = new TestClock() };

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(0L, "0")]
    [InlineData(7L, "7")]
    [InlineData(-1L, "none")]
    public async Task Committed_Step_IsRecordedWithWhatItBrought(long version, string recorded)
    {
        StepOutcome done = new()
        {
            State = StepState.Done, Version = version, Reason = "input changed", Rows = 12, Bytes = 345,
            Quarantined = 6,
        };

        await _bench.RunAsync([Step("t")], (_, _) => Task.FromResult(done));

        Assert.Equal(
            """{"reason":"input changed","rows":12,"bytes":345,"quarantined":6}""",
            (await DetailsAsync("committed")).ToJsonString());
        Assert.Equal(
            [recorded], await OfAsync("committed", "coalesce(cast(version as varchar), 'none')"));
        Assert.Equal(["billing.product.t"], await OfAsync("committed", "table_name"));
    }

    [Fact]
    public async Task Failed_Step_IsRecordedWithItsCodeAndMessage()
    {
        await _bench.RunAsync([Step("t")], (_, _) => throw new LandfallException("LF4020", "It breaks its contract."));

        JsonNode details = await DetailsAsync("failed");
        Assert.Equal(
            ("LF4020", "It breaks its contract."), ((string?)details["code"], (string?)details["message"]));
        Assert.Equal(["none"], await OfAsync("failed", "coalesce(cast(version as varchar), 'none')"));
    }

    [Fact]
    public async Task Finished_Run_IsRecordedWithItsTotals()
    {
        RunSummary summary = await _bench.RunAsync(
            [Step("a"), Step("b"), Step("c")],
            (context, _) => context.Node.Table.Table == "c"
                ? throw new LandfallException("LF4020", "It breaks its contract.")
                : Task.FromResult(new StepOutcome { State = StepState.Done, Version = 0 }));

        Assert.Equal(
            """{"state":"failed","seconds":0,"done":2,"failed":1}""",
            (await DetailsAsync("run-finished")).ToJsonString());
        Assert.Equal([summary.RunId], (await _bench.RowsAsync("runs", "run_id")).Distinct());
        Assert.Equal(3, (await _bench.RowsAsync("runs", "step")).OfType<string>().Distinct().Count());
    }

    [Fact]
    public async Task Observer_OfARun_IsToldHowEachStepAndTheRunEnded()
    {
        RunSummary summary = await _bench.RunAsync(
            [Step("a"), Step("b")],
            (context, _) =>
            {
                context.Started("because");
                return Task.FromResult(context.Node.Table.Table == "a"
                    ? new StepOutcome { State = StepState.Done, Version = 0 }
                    : StepOutcome.Nothing("nothing new"));
            });

        Assert.Equal(
            [
                "billing.product.a Done", "billing.product.a starts", "billing.product.b UpToDate",
                "billing.product.b starts",
            ],
            _bench.Observer.Told.Order(StringComparer.Ordinal));
        Assert.Same(summary, _bench.Observer.Summary);
    }

    private static StepNode Step(string table) => TestSteps.Build("billing", "product", table);

    /// <summary>An expression over the rows of an event; the bench gives null for those of others.</summary>
    private async Task<string[]> OfAsync(string @event, string expression) =>
    [
        .. (await _bench.RowsAsync("runs", $"case when event = '{@event}' then {expression} end"))
            .Where(r => r is not null),
    ];

    private async Task<JsonNode> DetailsAsync(string @event) =>
        JsonNode.Parse(Assert.Single(await OfAsync(@event, "details")))!;
}
