using System.Text.Json.Nodes;
using Landfall.Estate;
using Landfall.Estate.Types;
using Landfall.Serving.PowerBi;

namespace Landfall.Serving.Tests.PowerBi;

/// <summary>The JSON of a project: valid by Power BI's schemas, and about what the model has.</summary>
public sealed class PowerBiProjectTests
{
    public static TheoryData<string> Units => ServedEstate.Names;

    public static TheoryData<string> Hostile => [.. HostileNames.All, .. HostileNames.Broken];

    [PowerBiTheory]
    [MemberData(nameof(Units))]
    public void Json_OfTheShippedEstate_IsValid(string unit) => AssertValid(ServedEstate.Units[unit]);

    [PowerBiTheory]
    [MemberData(nameof(Hostile))]
    public void Json_OfAnyTitle_IsValid(string title) => AssertValid(TestContracts.Named("t", title));

    [PowerBiTheory]
    [InlineData("visualType", "visual/visualType", "7")]
    [InlineData("name", "name", "null")]
    [InlineData("unknown", "unheardOf", "1")]
    public void Schema_OfAWrongVisual_Refuses(string what, string path, string value)
    {
        JsonObject visual = Visuals(ServedEstate.Units["billing.revenue_by_service"])[0];
        string[] keys = path.Split('/');
        keys[..^1].Aggregate(visual, (at, key) => at[key]!.AsObject())[keys[^1]] = JsonNode.Parse(value);

        Assert.True(PowerBiSchemas.Problems(visual.ToJsonString()).Length > 0, what);
    }

    [Theory]
    [MemberData(nameof(Units))]
    public void Fields_OfTheReport_AreInTheModel(string unit) => AssertFields(ServedEstate.Units[unit]);

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Fields_OfAnyNames_AreInTheModel(string text) => AssertFields(TestContracts.Named("it's", text));

    [Theory]
    [MemberData(nameof(Units))]
    public void Visuals_OfThePage_LieOnItSideBySide(string unit)
    {
        (double X, double Y, double Right, double Bottom)[] cells =
        [
            .. Visuals(ServedEstate.Units[unit]).Select(v => v["position"]!).Select(p => (
                (double)p["x"]!, (double)p["y"]!, (double)p["x"]! + (double)p["width"]!,
                (double)p["y"]! + (double)p["height"]!)),
        ];

        Assert.All(cells, c => Assert.True(
            c is { X: >= 0, Y: >= 0, Right: <= ReportPage.Width, Bottom: <= ReportPage.Height } && c.Right > c.X + 100
            && c.Bottom > c.Y + 100));
        Assert.All(
            cells.SelectMany((c, i) => cells.Skip(i + 1).Select(d => (c, d))),
            p => Assert.True(
                p.c.Right <= p.d.X || p.d.Right <= p.c.X || p.c.Bottom <= p.d.Y || p.d.Bottom <= p.c.Y));
    }

    /// <summary>What each service earns, by month and by service.</summary>
    [Fact]
    public void Page_OfRevenue_AnswersItsQuestion() => Assert.Equal(
        [
            "card: Net revenue", "card: Gross revenue", "card: Refund share", "card: Accounts with revenue or use",
            "card: Net revenue of accounts", "clusteredColumnChart: month, Net revenue",
            "clusteredBarChart: service_name, Net revenue",
            "tableEx: month, service_name, Net revenue, Gross revenue, Refund share, Total credits, Total refunds, "
                + "Used quantity, Unbilled quantity, Net revenue a used unit",
        ],
        Shown("billing.revenue_by_service"));

    /// <summary>What the recommender is credited with, and what it earns with its interval.</summary>
    [Fact]
    public void Page_OfTheRecommendersRevenue_AnswersItsQuestion()
    {
        string[] shown = Shown("operations.recommender_revenue");

        Assert.Contains("card: Attributed net within 30 days", shown);
        Assert.Contains("card: Incremental net revenue", shown);
        Assert.Contains("card: Incremental net at least", shown);
        Assert.Contains("card: Incremental net at most", shown);
        Assert.Contains("clusteredColumnChart: month, Attributed net within 30 days", shown);
        Assert.Contains("clusteredBarChart: service_name, Attributed net within 30 days", shown);
    }

    [Fact]
    public void Files_WrittenTwice_AreTheSame()
    {
        BiUnit unit = ServedEstate.Units["billing.customers"];

        Assert.Equal(
            PowerBiProject.Of(unit, TestContracts.Address, StorageMode.Import).Files,
            PowerBiProject.Of(unit, TestContracts.Address, StorageMode.Import).Files);
    }

    [Fact]
    public void Files_OfTwoUnits_ShareNoId()
    {
        string[] Ids(string unit) =>
        [
            .. PowerBiProject.Of(ServedEstate.Units[unit], TestContracts.Address, StorageMode.Import).Files.Values
                .SelectMany(t => t.Split('\n')).Where(l => l.Contains("lineageTag") || l.Contains("logicalId")),
        ];

        string[] both = [.. Ids("billing.customers"), .. Ids("billing.invoices")];
        Assert.NotEmpty(both);
        Assert.Equal(both.Length, both.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Paths_OfAnyTitle_StayInTheFolder(string title)
    {
        PowerBiProject project =
            PowerBiProject.Of(TestContracts.Named("t", title), TestContracts.Address, StorageMode.Import);

        Assert.All(project.Files.Keys, path => Assert.All(path.Split('/'), part =>
        {
            Assert.NotEqual("", part.Trim('.', ' '));
            Assert.Equal(-1, part.IndexOfAny(['\\', '"', '<', '>', ':', '|', '?', '*', '%', '#', '\0', '\n', '\r']));
        }));
        Assert.Contains($"{project.Name}.pbip", project.Files.Keys);
    }

    [Theory]
    [InlineData("Revenue by service", "Revenue by service")]
    [InlineData("a/b\\c", "a-b-c")]
    [InlineData("..", "unit")]
    [InlineData("", "unit")]
    [InlineData("...x...", "x")]
    [InlineData("Größe, 東京 (1)", "Größe, 東京 (1)")]
    [InlineData("con", "con_")]
    [InlineData("nul.txt", "nul.txt_")]
    [InlineData("📊 2026", "📊 2026")]
    [InlineData("say \"hi\"?", "say -hi")]
    public void FileName_OfATitle_IsSafe(string title, string name) =>
        Assert.Equal(name, ModelName.FileName(title, "unit"));

    [Fact]
    public void FileName_OfALongTitle_EndsBetweenCharacters() =>
        Assert.Equal(59, ModelName.FileName("x" + string.Concat(Enumerable.Repeat("📊", 40)), "unit").Length);

    [Fact]
    public void Connection_File_NamesServerAndDatabaseAlone()
    {
        PowerBiProject project = PowerBiProject.Of(
            TestContracts.Named("t", "Title"), TestContracts.Address, StorageMode.DirectQuery);

        Assert.Equal(
            """{"version":"0.1","connections":[{"details":{"protocol":"postgresql","address":{"server":"""
                + "\"bi.test.example:5433\",\"database\":\"sales\"}},\"options\":{},\"mode\":\"DirectQuery\"}]}",
            JsonNode.Parse(project.Files[project.ConnectionFile])!.ToJsonString());
    }

    [Fact]
    public void Project_WithoutAnyColumn_IsRefused() => Assert.Equal(
        "LF4921",
        Assert.Throws<LandfallException>(() => PowerBiProject.Of(
            TestContracts.Of(TestContracts.Table("t", "", TestContracts.Column("a", DataType.Int, "personal"))),
            TestContracts.Address, StorageMode.Import)).Code);

    private static void AssertValid(BiUnit unit)
    {
        KeyValuePair<string, string>[] files =
        [
            .. PowerBiProject.Of(unit, TestContracts.Address, StorageMode.Import).Files
                .Where(f => f.Value.Contains("\"$schema\"", StringComparison.Ordinal)),
        ];

        Assert.True(files.Length > 10);
        Assert.All(files, f => Assert.Equal((f.Key, ""), (f.Key, PowerBiSchemas.Problems(f.Value))));
    }

    private static void AssertFields(BiUnit unit)
    {
        HashSet<string> known =
        [
            .. TestContracts.ModelFiles(unit).Where(f => f.Key.StartsWith("tables/", StringComparison.Ordinal))
                .SelectMany(f => TmdlReader.Read(f.Value))
                .SelectMany(t => t.Of("column").Select(c => $"Column {t.Name}\n{c.Name}")
                    .Concat(t.Of("measure").Select(m => $"Measure {t.Name}\n{m.Name}"))),
        ];
        string[] used = [.. Visuals(unit).SelectMany(Fields)];

        Assert.NotEmpty(used);
        Assert.Subset(known, used.ToHashSet());
    }

    private static string[] Shown(string unit) =>
    [
        .. Visuals(ServedEstate.Units[unit]).Select(v =>
            $"{v["visual"]!["visualType"]}: {string.Join(", ", Fields(v).Select(f => f.Split('\n')[1]))}"),
    ];

    private static IEnumerable<string> Fields(JsonObject visual) =>
        visual["visual"]!["query"]!["queryState"]!.AsObject()
            .SelectMany(r => r.Value!["projections"]!.AsArray())
            .Select(p => p!["field"]!.AsObject().Single())
            .Select(f => $"{f.Key} {f.Value!["Expression"]!["SourceRef"]!["Entity"]}\n{f.Value["Property"]}");

    private static JsonObject[] Visuals(BiUnit unit) =>
    [
        .. PowerBiProject.Of(unit, TestContracts.Address, StorageMode.Import).Files
            .Where(f => f.Key.EndsWith("visual.json", StringComparison.Ordinal))
            .Select(f => JsonNode.Parse(f.Value)!.AsObject())
            .OrderBy(v => (double)v["position"]!["tabOrder"]!),
    ];
}
