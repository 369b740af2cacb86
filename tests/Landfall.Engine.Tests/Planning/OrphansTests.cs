using Landfall.Engine.Planning;
using Landfall.Engine.Tests.Lakes;
using Landfall.Estate;
using Landfall.Testing;

namespace Landfall.Engine.Tests.Planning;

public sealed class OrphansTests : IDisposable
{
    private readonly SmallHome _home = new(Estate());

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Find_NoLakeYet_IsNothing() => Assert.Empty(Find());

    [Fact]
    public void Find_FoldersOfDeclaredTables_AreNone()
    {
        Make("north_west/enriched/web_logs/hit");
        Make("north_west/enriched/web_logs/hit__quarantine");
        Make("north_west/raw/web_logs/hit");
        Make("north_west/curated/daily_hits/day");
        Make("management/curated/platform/runs");

        Assert.Empty(Find());
    }

    [Fact]
    public void Find_FoldersThatNothingDeclares_AreNamedInOrder()
    {
        string[] orphans =
        [
            "gone/curated/product/table", "north_west/curated/daily_hits/week", "north_west/curated/web_logs/hit",
            "north_west/enriched/web_logs/visit", "north_west/raw/daily_hits/day", "north_west/raw/old_logs/hit",
        ];
        foreach (string orphan in orphans.Reverse())
        {
            Make(orphan);
        }

        Assert.Equal(orphans, Find());
    }

    [Fact]
    public void Find_WhatIsOfLandfallOrOfPeople_IsNone()
    {
        Make("_locks/a/b/c");
        Make("north_west/raw/web_logs/_register");
        Make("north_west/raw/_unit/hit");
        Make("north_west/workspace/ana/table");
        Make("north_west/enriched/old_logs");

        Assert.Empty(Find());
    }

    private static EstateDefinition Estate() => TestEstates.Of(TestEstates.Zone(
        "north-west", [TestEstates.Integration("north-west", "web-logs", TestEstates.Table("hit"))],
        TestEstates.Product("north-west", "daily-hits", TestEstates.Table("day"))));

    private void Make(string folder) => Directory.CreateDirectory(Path.Combine(_home.Session.Lake.Root, folder));

    private string[] Find() => [.. Orphans.Find(_home.Session.Lake, _home.Session.Catalog)];
}
