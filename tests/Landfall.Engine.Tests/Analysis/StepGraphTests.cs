using System.Collections.Immutable;
using Landfall.Engine.Analysis;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Integrations;
using Landfall.Estate.Products;
using Landfall.Estate.Zones;
using Landfall.Testing;

namespace Landfall.Engine.Tests.Analysis;

public sealed class StepGraphTests
{
    [Fact]
    public void Of_Integrations_LandOnceBeforeTheirTables()
    {
        EstateDefinition estate = TestEstates.Of(
            TestEstates.Zone("north-west", [Integration("north-west", "web-logs", "hit", "visit")]),
            TestEstates.Zone("south", [Integration("south", "tills", "sale")]));

        ImmutableArray<StepNode> steps = StepGraph.Of(estate, Reads());

        Assert.Equal(
            [
                "Land north_west.web_logs <- ", "Enrich north_west.web_logs.hit <- north_west.web_logs",
                "Enrich north_west.web_logs.visit <- north_west.web_logs", "Land south.tills <- ",
                "Enrich south.tills.sale <- south.tills",
            ],
            steps.Select(Text));
        Assert.Equal(
            ["_register", "hit", "visit", "_register", "sale"], steps.Select(s => s.Table.Table));
        Assert.Equal(["web-logs", "web-logs", "web-logs", "tills", "tills"], steps.Select(s => s.UnitId));
    }

    [Fact]
    public void Of_ProductsDeclaredBeforeWhatTheyRead_ComeAfterIt()
    {
        EstateDefinition estate = TestEstates.Of(
            TestEstates.Zone("a", [], Product("a", "last", "z"), Product("a", "first", "y")),
            TestEstates.Zone("b", [Integration("b", "src", "event")], Product("b", "middle", "x")));

        ImmutableArray<StepNode> steps = StepGraph.Of(
            estate, Reads("a.last.z: b.middle.x", "b.middle.x: a.first.y", "a.first.y: b.src.event"));

        Assert.Equal(
            [
                "Land b.src <- ", "Enrich b.src.event <- b.src", "Build a.first.y <- b.src.event",
                "Build b.middle.x <- a.first.y", "Build a.last.z <- b.middle.x",
            ],
            steps.Select(Text));
        Assert.Equal(["b.src.event"], steps[2].Reads.Select(t => t.ToString()));
        Assert.Null(steps[2].Integration);
    }

    [Fact]
    public void Of_ReadOfAQuarantine_ComesAfterTheTableItBelongsTo()
    {
        EstateDefinition estate =
            TestEstates.Of(TestEstates.Zone("a", [Integration("a", "src", "event")], Product("a", "p", "t")));

        StepNode build = StepGraph.Of(estate, Reads("a.p.t: a.src.event__quarantine")).Single(IsBuild);

        Assert.Equal("a.src.event", Assert.Single(build.DependsOn));
        Assert.Equal(["a.src.event__quarantine"], build.Reads.Select(t => t.ToString()));
    }

    [Fact]
    public void Of_TableWithAQuarantineWithinItsName_IsNoQuarantine()
    {
        EstateDefinition estate = TestEstates.Of(
            TestEstates.Zone("a", [], Product("a", "p", "t"), Product("a", "q", "event__quarantine_by_rule")));

        ImmutableArray<StepNode> steps = StepGraph.Of(
            estate, Reads("a.p.t: a.q.event__quarantine_by_rule", "a.q.event__quarantine_by_rule: "));

        Assert.Equal(
            ["Build a.q.event__quarantine_by_rule <- ", "Build a.p.t <- a.q.event__quarantine_by_rule"],
            steps.Select(Text));
    }

    [Fact]
    public void Of_ReadOfThePlatform_WaitsForNothing()
    {
        EstateDefinition estate = TestEstates.Of(TestEstates.Zone("a", [], Product("a", "p", "t")));

        StepNode build = StepGraph.Of(estate, Reads("a.p.t: management.platform.runs")).Single();

        Assert.Empty(build.DependsOn);
        Assert.Equal(["management.platform.runs"], build.Reads.Select(t => t.ToString()));
    }

    [Theory]
    [InlineData("a.p.t: a.p.t", "a.q.u: ")]
    [InlineData("a.p.t: a.q.u", "a.q.u: a.p.t")]
    public void Of_Cycle_IsRefused(params string[] reads)
    {
        EstateDefinition estate =
            TestEstates.Of(TestEstates.Zone("a", [], Product("a", "p", "t"), Product("a", "q", "u")));

        Assert.Throws<ArgumentException>(() => StepGraph.Of(estate, Reads(reads)));
    }

    [Fact]
    public void Of_PoolsOfUnits_AreThoseOfTheirSteps()
    {
        Zone zone = TestEstates.Zone(
            "a", [Integration("a", "src", "event") with { Pool = "landing" }],
            Product("a", "p", "t") with { Pool = "building" }) with
        {
            Pools = [TestSteps.Pool("building"), TestSteps.Pool("landing")],
        };

        ImmutableArray<StepNode> steps = StepGraph.Of(TestEstates.Of(zone), Reads("a.p.t: a.src.event"));

        Assert.Equal(["landing", "landing", "building"], steps.Select(s => s.Pool.Id));
    }

    [Fact]
    public void Of_RandomReads_EveryStepComesAfterWhatItDependsOn()
    {
        TestSeed seed = TestSeed.Fresh();
        Random random = seed.Generator();
        for (int round = 0; round < 100; round++)
        {
            int[] names = [.. Enumerable.Range(0, 12)];
            random.Shuffle(names);
            EstateDefinition estate = TestEstates.Of(
                TestEstates.Zone("a", [], [.. names.Order().Select(n => Product("a", $"p{n}", "t"))]));
            string[] reads =
            [
                .. names.Select((n, i) => $"a.p{n}.t: "
                    + string.Join(' ', names[..i].Where(_ => random.Next(3) == 0).Select(b => $"a.p{b}.t"))),
            ];

            ImmutableArray<StepNode> steps = StepGraph.Of(estate, Reads(reads));

            string[] order = [.. steps.Select(s => s.Key)];
            Assert.True(order.Distinct().Count() == names.Length, $"{seed}: {string.Join(' ', order)}");
            Assert.All(steps, s => Assert.All(
                s.DependsOn,
                d => Assert.True(Array.IndexOf(order, d) is >= 0 and var at && at < Array.IndexOf(order, s.Key),
                    $"{seed}: {s.Key} before {d}")));
        }
    }

    private static Integration Integration(string zone, string id, params string[] tables) =>
        TestEstates.Integration(zone, id, Tables(tables));

    private static Product Product(string zone, string id, params string[] tables) =>
        TestEstates.Product(zone, id, Tables(tables));

    private static ContractTable[] Tables(string[] names) => [.. names.Select(n => TestEstates.Table(n))];

    private static bool IsBuild(StepNode step) => step.Kind == StepKind.Build;

    private static string Text(StepNode step) => $"{step.Kind} {step.Key} <- {string.Join(' ', step.DependsOn)}";

    /// <summary>Reads of tables, each as <c>table: input input</c>.</summary>
    private static Dictionary<TableName, ImmutableArray<TableName>> Reads(params string[] reads) => reads
        .Select(r => r.Split(':'))
        .ToDictionary(
            r => Name(r[0]),
            r => r[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Name).ToImmutableArray());

    private static TableName Name(string text) =>
        TableName.TryParse(text, out TableName name) ? name : throw new ArgumentException(text, nameof(text));
}
