using Landfall.Estate.Names;

namespace Landfall.Estate.Tests.Names;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("titel", "title")]
    [InlineData("OWNER", "owner")]
    [InlineData("onwer", "owner")]
    [InlineData("pols", "pools")]
    [InlineData("zebra", null)]
    [InlineData("", null)]
    public void Closest_Text_FindsWhatIsNear(string text, string? expected) =>
        Assert.Equal(expected, Spelling.Closest(text, ["title", "owner", "pools"]));

    [Fact]
    public void Hint_NothingNear_ListsTheFew() => Assert.Equal("Known: a, b.", Spelling.Hint("zzz", ["b", "a"]));

    [Fact]
    public void Hint_NothingNearOfMany_SaysNothing() =>
        Assert.Null(Spelling.Hint("zzz", Enumerable.Range(0, 50).Select(i => $"name{i}")));

    [Theory]
    [InlineData("2026 Sales & Returns", '-', "sales-returns")]
    [InlineData("Page Number", '_', "page_number")]
    [InlineData("&&&", '-', null)]
    public void Suggest_BadName_GivesANameByTheRules(string text, char separator, string? expected) =>
        Assert.Equal(expected, EstateNames.Suggest(text, separator));
}
