namespace Landfall.Sql.Tests;

public sealed class ShippedModelsTests(SqlFixture fixture) : IClassFixture<SqlFixture>
{
    public static TheoryData<string> Models { get; } =
        [.. Directory.EnumerateFiles(Estates(), "*.sql", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => Path.GetRelativePath(Estates(), f))];

    [Theory]
    [MemberData(nameof(Models))]
    public void Analyze_ModelOfAShippedEstate_StaysInsideTheSubset(string model)
    {
        string path = Path.Combine(Estates(), model);
        string manifest = File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, "product.yaml"));
        string? column = manifest.Contains("column: month", StringComparison.Ordinal) ? "month" : null;
        SqlAnalysis analysis = SqlAnalyzer.Analyze(fixture.Parser, File.ReadAllText(path), model, column);

        Assert.Equal([], analysis.Diagnostics.Select(d => d.ToString()));
        Assert.NotEmpty(analysis.Inputs);
        Assert.NotEmpty(analysis.OutputColumns);
    }

    private static string Estates()
    {
        var folder = new DirectoryInfo(SqlFixture.Folder());
        while (!Directory.Exists(Path.Combine(folder.FullName, "estates")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "estates");
    }
}
