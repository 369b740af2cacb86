using Landfall.Engine.Analysis;
using Landfall.Engine.DuckDb.Sql;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Zones;
using Landfall.Testing;

namespace Landfall.Engine.Tests.Analysis;

/// <summary>Which engines there are is the program's to say, not the estate's.</summary>
public sealed class EngineCheckTests
{
    [Theory]
    [InlineData("duckdb")]
    [InlineData("spark", "duckdb")]
    public void Of_EstateWhoseEnginesAreThere_HasNoProblem(params string[] engines)
    {
        EstateAnalysis analysis = Analyse(engines, out _);

        Assert.Equal([], analysis.Diagnostics.Select(d => d.ToString()));
        Assert.NotEmpty(analysis.Steps);
    }

    [Fact]
    public void Of_EstateWithoutItsEngine_NamesEveryUnitAndHasNoSteps()
    {
        EstateAnalysis analysis = Analyse(["spark", "other"], out EstateDefinition estate);

        int units = estate.Zones.Sum(z => z.Integrations.Length + z.Products.Length);
        Diagnostic[] found = [.. analysis.Diagnostics.Where(d => d.Code == "LF1055")];
        Assert.Equal(units, found.Length);
        Assert.Empty(analysis.Steps);
        Assert.All(found, d => Assert.Contains("that it has (spark, other)", d.Hint, StringComparison.Ordinal));
        Assert.Contains(
            "finance/products/revenue-by-service/product.yaml:7:7", found.Select(d => d.Location.ToString()));
    }

    [Fact]
    public void Of_PoolWithoutItsEngine_MattersToWhatUsesItAlone()
    {
        Zone zone = TestEstates.Zone(
            "a", [TestEstates.Integration("a", "src", TestEstates.Table("t"))],
            TestEstates.Product("a", "p", TestEstates.Table("u")) with { Pool = "large" }) with
        {
            Pools = [TestSteps.Pool(), TestSteps.Pool("large") with { Engine = "spark" },
                TestSteps.Pool("idle") with { Engine = "flink" }],
        };

        Diagnostic found = Assert.Single(EngineCheck.Of(TestEstates.Of(zone), ["duckdb"]));

        Assert.Equal(("LF1055", Severity.Error), (found.Code, found.Severity));
        Assert.Equal(
            "The pool 'large' has the engine spark, which this program does not have.", found.Message);
        Assert.Equal(
            "Choose a pool with an engine that it has (duckdb), or change engine of 'large' in a/zone.yaml.",
            found.Hint);
        Assert.Empty(EngineCheck.Of(TestEstates.Of(zone), ["duckdb", "spark"]));
    }

    [Fact]
    public void Of_UnitWithAPoolThatIsNotThere_IsForTheManifestsToSay()
    {
        Zone zone = TestEstates.Zone(
            "a", [TestEstates.Integration("a", "src", TestEstates.Table("t")) with { Pool = "none" }]);

        Assert.Empty(EngineCheck.Of(TestEstates.Of(zone), []));
    }

    [Fact]
    public void Of_EngineInOtherCase_IsAnother()
    {
        Zone zone = TestEstates.Zone("a", [TestEstates.Integration("a", "src", TestEstates.Table("t"))]);

        Assert.Single(EngineCheck.Of(TestEstates.Of(zone), ["DuckDB"]));
    }

    private static EstateAnalysis Analyse(string[] engines, out EstateDefinition estate)
    {
        estate = EstateLoader.Load(Path.Combine(RepositoryRoot.Folder, "estates", "focus")).Estate!;
        using DuckDbSqlFrontEnd frontEnd = new();
        return EstateAnalysis.Of(
            frontEnd, engines, [new SqlProductKind()], estate, new EstateCatalog(estate),
            new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
    }
}
