using System.Text.Json;
using Relecloud.Sources.Application;

namespace Relecloud.Sources.Tests.Recommendations;

/// <summary>The application that recommends, and what it changes: nothing but what it causes.</summary>
public sealed class OutsideApplicationTests(BillingServer server) : IClassFixture<BillingServer>
{
    private const double Scale = 0.004;
    private const int Days = 104;

    [Fact]
    public void Company_WithoutRecommendations_HasTheSameRevenueLessWhatTheyCaused()
    {
        SmallWorld with = new(5, 0.03, 190, new ApplicationSettings());
        SmallWorld without = new(5, 0.03, 190, new ApplicationSettings { FromDay = int.MaxValue });

        Assert.True(with.Application.AdoptionsSoFar > 30, $"{with.Application.AdoptionsSoFar}");
        Assert.Equal(without.NaturalNet(), with.NaturalNet());
        Assert.Equal(
            without.Revenue.Sum(r => r.Cell.Net) + with.Effect.Net, with.Revenue.Sum(r => r.Cell.Net));
        Assert.NotEqual(0, with.Effect.Net);
        Assert.Equal(0, without.Effect.Net);
        Assert.Empty(without.Exposures);
    }

    [Fact]
    public void Customers_HeldOut_HaveGhostsAndNothingCaused()
    {
        SmallWorld world = new(6, 0.06, 190, new ApplicationSettings());
        int[] heldOut = [.. world.Application.Customers.Where(c => c.Value).Select(c => c.Key)];

        Assert.InRange(heldOut.Length / (double)world.Application.Customers.Count, 0.03, 0.2);
        Assert.All(heldOut, c => Assert.Equal(0, world.Effect.ByCustomer[c].Net));
        Assert.Contains(world.Exposures, e => e.Arm == "holdout");
        Assert.Equal(world.Effect.Net, world.Effect.ByCustomer.Values.Sum(c => c.Net));
        Assert.Equal(
            world.Exposures.Count, world.Exposures.DistinctBy(e => (e.RecommendationId, e.ServiceId)).Count());
        Assert.Equal([1, 2, 3, 4], world.Exposures.Select(e => e.ModelVersion).Distinct().Order());
        Assert.True(world.Exposures.Count(e => e.Reason is not null) > world.Exposures.Count / 2);
    }

    [Fact]
    public async Task Days_AtOnceOrInParts_GiveTheSameFilesAndATruthThatAddsUp()
    {
        string once = server.NewFolder();
        await server.DropAsync();
        await server.Simulator(once, Scale).EnsureAsync(Days);
        string parts = server.NewFolder();
        await server.DropAsync();
        await server.Simulator(parts, Scale).EnsureAsync(93);
        await server.Simulator(parts, Scale).AdvanceAsync(1);
        await server.Simulator(parts, Scale).EnsureAsync(Days);

        Assert.Equal(FolderContent.Of(once), FolderContent.Of(parts));
        string[] exposures = Lines(once, "2*.jsonl"), feedback = Lines(once, "feedback-*.jsonl");
        using JsonDocument truth = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(once, "truth.json")));
        JsonElement told = truth.RootElement.GetProperty("recommendations");
        Assert.Equal(exposures.Length, told.GetProperty("exposures").GetInt32());
        Assert.Equal(
            feedback.Count(f => f.Contains("\"accepted\"", StringComparison.Ordinal)),
            told.GetProperty("adoptions_caused").GetInt32());
        Assert.Equal(
            [
                "recommendation_id", "rank", "served_at", "account_id", "customer_id", "service_id", "score",
                "probability", "reason", "model_version", "deployment", "arm", "fallback",
            ],
            JsonDocument.Parse(exposures[0]).RootElement.EnumerateObject().Select(p => p.Name));
        decimal byCustomer = File.ReadLines(Path.Combine(once, "truth-recommendations.csv")).Skip(1)
            .Sum(l => decimal.Parse(l.Split(',')[5], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(told.GetProperty("incremental_net").GetDecimal(), byCustomer);
    }

    private static string[] Lines(string folder, string pattern) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(folder, "application"), pattern).SelectMany(File.ReadLines),
    ];
}
