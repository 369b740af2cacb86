using System.Diagnostics;
using System.Globalization;
using Landfall.Serving.Postgres;
using Landfall.Testing;

namespace Landfall.Cli.Tests.Serving;

/// <summary>
/// Landfall or PostgreSQL killed at any moment: readers have the old version or the new one, whole, and the next run
/// heals.
/// </summary>
public sealed class PublicationKillTests : IAsyncLifetime
{
    private readonly ServedEstate _estate = ServedEstate.Create();
    private readonly TestSeed _seed = TestSeed.Fresh();

    public async ValueTask InitializeAsync() => await _estate.RunWellAsync();

    public ValueTask DisposeAsync() => _estate.DisposeAsync();

    /// <summary><c>LANDFALL_PUBLICATION_KILLS</c> says how many, 8 by default.</summary>
    [Fact]
    public async Task Kill_OfLandfall_LeavesTheOldVersionOrTheNew()
    {
        Random random = _seed.Generator();
        int kills = TestNumbers.Of("LANDFALL_PUBLICATION_KILLS", 8);
        for (int kill = 0; kill < kills; kill++)
        {
            Change(kill);

            // A run takes a few seconds, and publishes at its end.
            await _estate.Home.KillRunAsync(TimeSpan.FromMilliseconds(random.Next(500, 6000)));
            await AssertWholeAsync();
        }

        await _estate.RunWellAsync();
        await _estate.AssertEqualsLakeAsync();
    }

    [Fact]
    public async Task Kill_OfPostgres_LeavesTheOldVersionOrTheNew()
    {
        Random random = _seed.Generator();
        int kills = Math.Max(2, TestNumbers.Of("LANDFALL_PUBLICATION_KILLS", 8) / 2);
        for (int kill = 0; kill < kills; kill++)
        {
            Change(kill);
            using Process run = _estate.Home.Start();
            int server = EmbeddedPostgres.Status(
                new() { DataFolder = Path.Combine(_estate.Home.Folder, "serving", "server") }).ProcessId!.Value;

            // The moment of the kill is what is tried.
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(500, 6000)));
            using (var postgres = Process.GetProcessById(server))
            {
                postgres.Kill();
            }

            await run.WaitForExitAsync();
            await _estate.Server.EnsureAsync(CancellationToken.None);
            await AssertWholeAsync();
        }

        await _estate.RunWellAsync();
        await _estate.AssertEqualsLakeAsync();
    }

    /// <summary>New sales, and at times a contract that changes the schema.</summary>
    private void Change(int number)
    {
        _estate.Put($"more-{number}.csv", ServedEstate.Sales(10_000 * (number + 1), 200));
        if (number % 3 == 2)
        {
            string version = string.Create(CultureInfo.InvariantCulture, $"version: {number + 2}.0.0");
            string file = Path.Combine(_estate.Home.EstateFolder, ServedEstate.Contract);
            string text = File.ReadAllText(file);
            int at = text.IndexOf("version: ", StringComparison.Ordinal);
            text = text[..at] + version + text[text.IndexOf('\n', at)..];
            string other = text.Contains("newest, logicalType: date }", StringComparison.Ordinal)
                ? text.Replace("newest, logicalType: date }", "newest, logicalType: date, unique: true }",
                    StringComparison.Ordinal)
                : text.Replace("newest, logicalType: date, unique: true }", "newest, logicalType: date }",
                    StringComparison.Ordinal);
            File.WriteAllText(file, other);
        }
    }

    /// <summary>Both tables of the report count the same sales, by one statement and each.</summary>
    private async Task AssertWholeAsync()
    {
        string[] sums = await _estate.TextsAsync(
            "select sum(sales)::text from report.by_month union all select sales::text from report.total");
        Assert.Equal(2, sums.Length);
        Assert.True(sums[0] == sums[1], $"{string.Join(" and ", sums)}; {_seed}");
    }
}
