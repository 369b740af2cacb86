using System.Globalization;
using System.Text.Json.Nodes;
using Landfall.Testing;

namespace Landfall.Cli.Tests.Estates;

/// <summary>
/// The demo from first days spread through a year: whichever tables have no row yet, and wherever months end, one run
/// brings everything, and the next has nothing to do. LANDFALL_FIRST_DAYS says how many days; 365 is every one.
/// </summary>
public sealed class FirstDaysTests
{
    private const int DaysOfAYear = 365;

    public static TheoryData<string> FirstDays()
    {
        int days = Math.Clamp(TestNumbers.Of("LANDFALL_FIRST_DAYS", 3), 1, DaysOfAYear);
        DateOnly first = DateOnly.ParseExact(DemoHome.FirstDay, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(Enumerable.Range(0, days).Select(
            i => first.AddDays(i * DaysOfAYear / days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [MemberData(nameof(FirstDays))]
    public async Task Up_FromAnyFirstDay_IsTrueAndThenRests(string from)
    {
        await using DemoHome home = new();
        await home.MakeSourcesAsync(days: 45, from: from);
        await home.RunAsync("up", "--no-serve");
        await home.AssertEqualsTruthAsync();
        await AssertRestsAsync(home);
    }

    /// <summary>A plan names no step, and a run commits nothing.</summary>
    private static async Task AssertRestsAsync(DemoHome home)
    {
        string[] commits = home.Commits();
        string[] planned =
        [
            .. (await home.RunAsync("plan", "--format", "json")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(l => JsonNode.Parse(l)!).Where(s => (bool)s["run"]!)
                .Select(s => $"{s["step"]}: {s["reason"]}"),
        ];
        Assert.Empty(planned);
        Assert.Contains("Everything is up to date", await home.RunAsync("run"), StringComparison.Ordinal);
        Assert.Equal(commits, home.Commits());
    }
}
