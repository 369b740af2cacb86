using Landfall.Testing.Engines;

namespace Landfall.Engine.DuckDb.Tests.Building;

/// <summary>The list that every engine runs, by DuckDB.</summary>
public sealed class EngineCasesTests
{
    public static TheoryData<string> Cases { get; } = [.. EngineCases.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Build_OfTheList_GivesWhatIsRight(string name)
    {
        using EngineCaseRun run = new(new DuckDbBuildEngine());

        Assert.Empty(await run.DifferencesAsync(EngineCases.All.Single(c => c.Name == name)));
    }

    /// <summary>What compares must see a row too few, a row too many and another failure.</summary>
    [Theory]
    [InlineData("no file, no row", "select 1 as id", "missing row {\"id\":1}")]
    [InlineData("nulls in required columns", "select 1 as id, '' as v where false", "extra row {\"id\":1,\"v\":null}")]
    [InlineData("an empty text in the partition column", "", "failed with LF2037")]
    public async Task Build_OfAWrongList_IsSeen(string name, string rows, string difference)
    {
        using EngineCaseRun run = new(new DuckDbBuildEngine());

        IReadOnlyList<string> found = await run.DifferencesAsync(
            EngineCases.All.Single(c => c.Name == name) with { Rows = rows, Failure = [] });

        Assert.StartsWith(difference, Assert.Single(found), StringComparison.Ordinal);
    }
}
