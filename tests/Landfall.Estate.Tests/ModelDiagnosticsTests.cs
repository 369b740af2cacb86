using Landfall.Estate.Diagnostics;
using Landfall.Estate.Products;
using Landfall.Recommender.Definitions;

namespace Landfall.Estate.Tests;

/// <summary>Mistakes in the manifest of a model, a row each, in a copy of the recommender that ships.</summary>
public sealed class ModelDiagnosticsTests
{
    private const string Product = "operations/products/cloud-service-recommender/product.yaml";
    private const string Contract = "operations/products/cloud-service-recommender/contract.odcs.yaml";

    [Theory]
    [InlineData(Product, "interactions: interaction\n", "interactions: ^^interactions\n", "LF1050", "'interactions'",
        "'interaction'?")]
    [InlineData(Product, "accounts: account_profile", "accounts: ^^gram", "LF1050", "'gram'", "account_profile")]
    [InlineData(Product, "algorithm: ease", "algorithm: ^^als", "LF1016", "'als'", "ease")]
    [InlineData(Product, "top: 10", "top: ^^0", "LF1015", "'0' is out of range", "1 to 1000")]
    [InlineData(Product, "beats: [popularity, ", "beats: [^^popular, ", "LF1016", "'popular'", "Known: item-knn")]
    [InlineData(Product, "popularityWeight: [0, ", "popularityWeight: [^^-1, ", "LF1015", "'-1'", "0 to 1000")]
    [InlineData(Product, "  name: cloud-service-recommender", "  name: ^^r", "LF1052", "'r'", "another")]
    [InlineData(Product, "traffic: 100", "traffic: 90", "LF1053", "adds up to 90", "100")]
    [InlineData(Product, "model: champion, traffic: 100", "model: ^^best, traffic: 100", "LF1016", "'best'",
        "champion")]
    [InlineData(Product, "share: 0.10", "share: ^^0.01", "LF1054", "below 0.05", "0.05 to 0.1")]
    [InlineData(Product, "share: 0.10", "share: ^^0.3", "LF1015", "'0.3'", "0 to 0.1")]
    [InlineData(Contract, "{ name: accounts, logicalType: integer, physicalType: bigint,",
        "{ name: accounts, logicalType: integer, physicalType: int,", "LF1051", "'gram'", "accounts bigint required")]
    [InlineData(Contract, "{ name: amount, logicalType: number, physicalType: double,",
        "{ name: amount, logicalType: number, physicalType: \"decimal(18,3)\",", "LF1045", "decimal(18,3)", "double")]
    [InlineData(Contract, "  - name: feedback\n", "  - name: feedbak\n", "LF1041", "'feedback'", "'feedbak'?",
        "LF1042")]
    public void Load_OneMistake_IsReportedWithPlaceAndFix(
        string file, string before, string after, string code, string message, string hint, string also = "")
    {
        using EstateFolder folder = new(ShippedEstatesTests.Relecloud());
        folder.Change(file, before, after);

        EstateLoadResult result = folder.Load();

        Diagnostic found = Assert.Single(result.Diagnostics, d => d.Code != also);
        Assert.Equal(code, found.Code);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.Contains(hint, found.Hint ?? "", StringComparison.Ordinal);
        if (after.Contains("^^", StringComparison.Ordinal))
        {
            Assert.Equal(folder.Expected.ToString(), found.Location.ToString());
        }
    }

    [Fact]
    public void Load_Model_HasItsTablesAndDefaults()
    {
        using EstateFolder folder = new(ShippedEstatesTests.Relecloud());
        folder.Change(Product, "  halfLifeDays: 14\n", "");
        folder.Change(Product, "  recommendations: 10\n", "");

        Product product = folder.Load().Estate!.Zones.Single(z => z.Id == "operations").Products
            .Single(p => p.Id == "cloud-service-recommender");

        ModelDetails details = Assert.IsType<ModelDetails>(product.Details);
        Assert.Equal(14, details.Model.HalfLifeDays);
        Assert.Equal(10, details.Model.Recommendations);
        Assert.Equal(
            ["exposure", "feedback", "gram", "model", "recommendation"],
            product.Tables.Where(t => t.IsComputed).Select(t => t.Name).Order());
        Assert.Equal("blue", Assert.Single(details.Endpoint!.Deployments).Name);
    }
}
