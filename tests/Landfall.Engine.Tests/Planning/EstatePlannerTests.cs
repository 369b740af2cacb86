using System.Text.Json.Nodes;
using Landfall.Engine.Analysis;
using Landfall.Engine.Ingest;
using Landfall.Engine.Planning;
using Landfall.Engine.Steps;
using Landfall.Engine.Tests.Lakes;
using Landfall.Estate;
using Landfall.Estate.Products;
using Landfall.Testing;

namespace Landfall.Engine.Tests.Planning;

/// <summary>Which steps <c>state:modified</c> means, by what tables say of their last build.</summary>
public sealed class EstatePlannerTests : IDisposable
{
    private const string Event = "z.src.event";
    private const string Day = "z.p.day";
    private const string Week = "z.p.week";

    private readonly SmallHome _home = new(Estate());

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Select_NothingBuiltYet_AllButLandingIsModified() =>
        Assert.Equal([Event, Day, Week], await ModifiedAsync());

    [Fact]
    public async Task Select_AllBuiltAsDeclared_NothingIsModified()
    {
        await BuildAsync();

        Assert.Empty(await ModifiedAsync());
    }

    [Fact]
    public async Task Select_WithoutSelectors_PicksEveryStep() => Assert.Equal(
        ["z.src", Event, Day, Week],
        (await PlannerOf(Analyse()).SelectAsync([], [], SmallHome.None)).Select(s => s.Key));

    [Fact]
    public async Task Select_ModifiedExcluded_LeavesThemOut()
    {
        await BuildAsync(change: (key, info) => info["code"] = key == Day ? "another" : (string?)info["code"]);

        Assert.Equal(
            ["z.src", Event, Week],
            (await PlannerOf(Analyse()).SelectAsync([], ["state:modified"], SmallHome.None)).Select(s => s.Key));
    }

    [Theory]
    [InlineData("code", Day)]
    [InlineData("contract", Day)]
    [InlineData("contract", Event)]
    public async Task Select_RecordOfAnother_IsModified(string part, string table)
    {
        await BuildAsync(change: (key, info) => info[part] = key == table ? "another" : (string?)info[part]);

        Assert.Equal([table], await ModifiedAsync());
    }

    [Fact]
    public async Task Select_CodeOfAnEnrichedTable_DoesNotMatter()
    {
        await BuildAsync(change: (key, info) => info["code"] = key == Event ? "another" : (string?)info["code"]);

        Assert.Empty(await ModifiedAsync());
    }

    [Fact]
    public async Task Select_CodeAsEarlierVersionsRecordedIt_IsNotModified()
    {
        await BuildAsync(change: (key, info) =>
            info["code"] = key == Day
                ? Analyse().Definition(SmallHome.Name(Day)).LegacyFingerprint
                : (string?)info["code"]);

        Assert.Empty(await ModifiedAsync());
    }

    [Fact]
    public async Task Select_TableOfAnotherWriter_IsModified()
    {
        await BuildAsync(except: Week);
        await _home.AppendAsync(Week, "w");

        Assert.Equal([Week], await ModifiedAsync());
    }

    [Fact]
    public async Task Select_SqlChangedButForWords_IsModifiedOnlyByWhatCounts()
    {
        await BuildAsync();

        _home.Declare(Estate(day: "SELECT id /* the same */\nFROM z.src.event"));
        Assert.Empty(await ModifiedAsync());

        _home.Declare(Estate(day: "select id + 1 as id from z.src.event"));
        Assert.Equal([Day], await ModifiedAsync());
    }

    [Fact]
    public async Task Select_OnlyADescriptionChanged_IsModified()
    {
        await BuildAsync();
        _home.Declare(Estate(description: "Of a day."));

        Assert.Equal([Day], await ModifiedAsync());
    }

    private static EstateDefinition Estate(string day = "select id from z.src.event", string description = "")
    {
        Product product = TestEstates.Product(
            "z", "p", TestEstates.Table("day") with { Description = description }, TestEstates.Table("week"));
        return TestEstates.Of(TestEstates.Zone(
            "z", [TestEstates.Integration("z", "src", TestEstates.Table("event"))],
            product with
            {
                Tables =
                    [TestEstates.Source("day", day), TestEstates.Source("week", "select id from z.p.day")],
            }));
    }

    private EstateAnalysis Analyse()
    {
        EstateAnalysis analysis = EstateAnalysis.Of(_home.Session, _home.Clock.GetUtcNow());
        Assert.Equal([], analysis.Diagnostics.Select(d => d.ToString()));
        return analysis;
    }

    private EstatePlanner PlannerOf(EstateAnalysis analysis) => new(_home.Session, analysis);

    private async Task<string[]> ModifiedAsync() =>
        [.. (await PlannerOf(Analyse()).SelectAsync(["state:modified"], [], SmallHome.None)).Select(s => s.Key)];

    /// <summary>Makes tables with the record that steps leave.</summary>
    private async Task BuildAsync(string? except = null, Action<string, JsonObject>? change = null)
    {
        EstateAnalysis analysis = Analyse();
        foreach (StepNode step in analysis.Steps.Where(s => s.Kind != StepKind.Land && s.Key != except))
        {
            BuildDefinition? definition = analysis.FindDefinition(step.Table);
            JsonObject info = new()
            {
                ["contract"] = definition?.ContractFingerprint ?? StepFingerprint.Of(step),
                ["code"] = definition?.CodeFingerprint,
            };
            change?.Invoke(step.Key, info);
            await _home.CommitAsync(step.Key, t => t.Add(_home.Add(step.Key, "f")), info);
        }
    }
}
