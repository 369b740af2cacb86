using System.Text.Json.Nodes;

namespace Landfall.Cli.Tests.Estates;

/// <summary><c>bi connect</c> on the estate that ships.</summary>
public sealed class BiConnectTests : IDisposable
{
    /// <summary>A server that is never asked: what is printed is what the target says.</summary>
    private const string Server =
        "lake: lake, postgres: { host: localhost, user: landfall, password: \"${secret:NEVER_READ}\" }";

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _estate = new();

    public BiConnectTests()
    {
        EstateCopy.Whole(Path.Combine(Repository.Root, "estates", "relecloud"), Estate);
        string file = Path.Combine(Estate, "estate.yaml");
        string text = File.ReadAllText(file);
        Assert.Contains("    lake: lake\n", text, StringComparison.Ordinal);
        string[] keys = Server.Split(", ", 2);
        File.WriteAllText(
            file, text.Replace(
                "    lake: lake\n", $"    {keys[0]}\n    {keys[1]}\n", StringComparison.Ordinal));
    }

    private string Estate => Path.Combine(_estate.Path, "estate");

    [Theory]
    [InlineData("revenue-by-service", "Revenue by service")]
    [InlineData("billing.revenue_by_service", "Revenue by service")]
    [InlineData("operations.recommender-revenue", "Recommender revenue")]
    public async Task Connect_AProduct_PrintsLinesAndWritesAProject(string product, string name)
    {
        CliResult result = await ConnectAsync(product, "--user", "ada@relecloud.example");

        Assert.Equal(ExitCodes.Success, result.ExitCode);
        Assert.All(
            new[] { "psql", "Power BI", "Excel", "ODBC", "JDBC", "Python", "DuckDB" },
            t => Assert.Contains($"\n{t}\n  ", "\n" + result.Output, StringComparison.Ordinal));
        Assert.Contains("user=ada%40relecloud.example", result.Output, StringComparison.Ordinal);
        Assert.Contains("user password ada@relecloud.example", result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder.Path, name, name + ".pbip")));
        Assert.True(File.Exists(Path.Combine(_folder.Path, name, name + ".pbids")));
    }

    [Fact]
    public async Task Connect_AsJson_IsAnObjectALine()
    {
        CliResult result = await ConnectAsync("revenue-by-service", "--format", "json");

        JsonNode[] rows = [.. result.Lines.Select(l => JsonNode.Parse(l)!)];
        Assert.Equal(
            [
                "psql", "Power BI", "Excel", "ODBC", "JDBC", "Python", "Python, psycopg 2", "DuckDB", "project",
                "connection",
            ],
            rows.Select(r => (string)r["name"]!));
        Assert.All(
            rows.Where(r => (string)r["kind"]! == "file"), r => Assert.True(File.Exists((string)r["text"]!)));
    }

    [Fact]
    public async Task Connect_Again_ReplacesAnUnchangedProjectAlone()
    {
        await ConnectAsync("revenue-by-service", "--out", "out");
        CliResult again = await ConnectAsync("revenue-by-service", "--out", "out", "--mode", "directquery");
        Assert.Equal(ExitCodes.Success, again.ExitCode);
        string table = Path.Combine(
            _folder.Path, "out/Revenue by service.SemanticModel/definition/tables/revenue_by_service.tmdl");
        Assert.Contains("mode: directQuery", await File.ReadAllTextAsync(table), StringComparison.Ordinal);
        await File.AppendAllTextAsync(table, "\n");

        CliResult refused = await ConnectAsync("revenue-by-service", "--out", "out");
        Assert.Equal(ExitCodes.Misuse, refused.ExitCode);
        Assert.Contains("error LF4920: ", refused.Error, StringComparison.Ordinal);
        Assert.Contains("revenue_by_service.tmdl", refused.Error, StringComparison.Ordinal);
        Assert.Empty(refused.Output);

        Assert.Equal(ExitCodes.Success, (await ConnectAsync("revenue-by-service", "--out", "out", "--force")).ExitCode);
        Assert.DoesNotContain("directQuery", await File.ReadAllTextAsync(table), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LF4920", "revenue-by-service", "--out", "file")]
    [InlineData("LF4920", "revenue-by-service", "--out", "file", "--force")]
    [InlineData("LF4922", "revenue")]
    [InlineData("LF4922", "")]
    [InlineData("LF4922", "operations.revenue-by-service")]
    public async Task Connect_WhatCannotBe_WritesNothing(string code, params string[] arguments)
    {
        _folder.Write("file", "mine");

        CliResult refused = await ConnectAsync(arguments);

        Assert.Equal(ExitCodes.Misuse, refused.ExitCode);
        Assert.Contains($"error {code}: ", refused.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing was written", refused.Error, StringComparison.Ordinal);
        Assert.Equal(["file"], Entries());
    }

    [Fact]
    public async Task Connect_WhatIsNotServed_SaysWhatToAdd()
    {
        using SmallEstate home = EvolvingEstate.Create();

        CliResult refused = await home.TryAsync("bi", "connect", "daily", "--out", Path.Combine(_folder.Path, "out"));

        Assert.Equal(ExitCodes.Misuse, refused.ExitCode);
        Assert.Contains("error LF4921: ", refused.Error, StringComparison.Ordinal);
        Assert.Contains("Add serve: [sql] to ops/products/daily/product.yaml", refused.Error, StringComparison.Ordinal);
        Assert.Empty(Entries());
    }

    /// <summary>A title is no path and no code, wherever it stands.</summary>
    [Fact]
    public async Task Connect_AProductOfAnyTitle_StaysInTheFolder()
    {
        using SmallEstate home = EvolvingEstate.Create();
        home.Change(
            "fin/products/report/product.yaml", "title: Report",
            "title: \"../O'Brien's \\\"é\\\" 📊\\n\\ttable x\"");
        home.Change("fin/products/report/product.yaml", "pool: shared", "pool: shared\nserve: [sql]");
        home.Change("estate.yaml", "lake: lake", Server);
        home.Change("management/zone.yaml", "egress: []", "egress: [{ name: serving, host: localhost }]");
        home.Change(
            EvolvingEstate.Report, "item, logicalType: string,",
            "item, logicalType: string, classification: personal,");

        CliResult result = await CliProgram.RunInAsync(
            _folder.Path, "bi", "connect", "fin.report", "--estate", home.EstateFolder, "--home", home.Folder);

        Assert.Equal(ExitCodes.Success, result.ExitCode);
        Assert.Contains("The model has no column noted.item: it is personal.", result.Output, StringComparison.Ordinal);
        string folder = Assert.Single(Entries());
        Assert.Equal("O'Brien's -é- 📊-table x", folder);
        Assert.Equal(
            [".landfall-bi.json", $"{folder}.Report", $"{folder}.SemanticModel", $"{folder}.pbids", $"{folder}.pbip"],
            new DirectoryInfo(Path.Combine(_folder.Path, folder)).EnumerateFileSystemInfos().Select(e => e.Name)
                .Order(StringComparer.Ordinal));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _estate.Dispose();
    }

    private IEnumerable<string> Entries() =>
        new DirectoryInfo(_folder.Path).EnumerateFileSystemInfos().Select(e => e.Name);

    private Task<CliResult> ConnectAsync(params string[] arguments) =>
        CliProgram.RunInAsync(
            _folder.Path, ["bi", "connect", .. arguments, "--estate", Estate, "--home", _estate.Path]);
}
