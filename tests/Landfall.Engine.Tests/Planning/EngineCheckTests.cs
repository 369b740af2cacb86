using Landfall.Engine.Build;
using Landfall.Engine.DuckDb.Sql;
using Landfall.Engine.Planning;
using Landfall.Estate;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Manifests;
using Landfall.Estate.Products;
using Landfall.Testing;

namespace Landfall.Engine.Tests.Planning;

/// <summary>Which engines there are is the program's to say, not the estate's.</summary>
public sealed class EngineCheckTests
{
    [Theory]
    [InlineData("relecloud", "duckdb")]
    [InlineData("relecloud", "spark", "duckdb")]
    [InlineData("focus", "duckdb")]
    public void Of_EstateWhoseEnginesAreThere_HasNoProblem(string estate, params string[] engines)
    {
        EstateAnalysis analysis = Analyse(estate, engines, out _);

        Assert.Equal([], analysis.Diagnostics.Select(d => d.ToString()));
        Assert.NotEmpty(analysis.Steps);
    }

    [Fact]
    public void Of_EstateWithoutItsEngine_NamesEveryUnitAndHasNoSteps()
    {
        EstateAnalysis analysis = Analyse("relecloud", ["spark", "other"], out EstateDefinition estate);

        int units = estate.Zones.Sum(z => z.Integrations.Length + z.Products.Length);
        Diagnostic[] found = [.. analysis.Diagnostics.Where(d => d.Code == "LF1055")];
        Assert.Equal(units, found.Length);
        Assert.Empty(analysis.Steps);
        Assert.All(found, d => Assert.Contains("that it has (spark, other)", d.Hint, StringComparison.Ordinal));
        Assert.Contains(
            "billing/products/revenue-by-service/product.yaml:7:7", found.Select(d => d.Location.ToString()));
    }

    private static EstateAnalysis Analyse(string name, string[] engines, out EstateDefinition estate)
    {
        EstateKinds kinds = EstateKinds.Standard with { Products = [new SqlProductManifest(), new ModelManifest()] };
        estate = EstateLoader.Load(Path.Combine(RepositoryRoot.Folder, "estates", name), kinds).Estate!;
        using DuckDbSqlFrontEnd frontEnd = new();
        return EstateAnalysis.Of(
            frontEnd, engines, [new SqlProductKind(), new ModelProductKind([])], estate, new EstateCatalog(estate), new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));
    }
}
