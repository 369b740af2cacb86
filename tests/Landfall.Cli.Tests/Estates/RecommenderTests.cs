using System.Globalization;
using System.Text.Json.Nodes;
using Landfall.Recommender.Packages;
using Landfall.Recommender.Scoring;

namespace Landfall.Cli.Tests.Estates;

/// <summary>Relecloud's recommender from its telemetry to suggestions, through the real program.</summary>
public sealed class RecommenderTests
{
    private const string Product = "operations.cloud_service_recommender";

    [Fact]
    public async Task Run_HalfAYear_TrainsAModelThatBeatsTheBaselinesAndKeepsItUp()
    {
        await using DemoHome home = new();
        await home.RunAsync("demo", "sources", "--scale", "0.05", "--seed", "1", "--days", "180");
        await home.RunAsync("run", "--select", "+cloud-service-recommender");

        JsonNode report = JsonNode.Parse(await home.RunAsync("recommender", "card", "--format", "json"))!;
        Assert.True((bool)report["gate"]!["passed"]!, report["gate"]!.ToJsonString());
        foreach (string baseline in new[] { "recent-popularity", "sar" })
        {
            JsonNode compared = report["comparisons"]!.AsArray().Single(c => (string)c!["against"]! == baseline)!;
            Assert.True((double)compared["ndcg"]!["low"]! > 0, compared.ToJsonString());
        }

        await AssertBatchIsOfflineAsync(home);
        string[] commits = home.Commits();
        await home.RunAsync("run", "--select", "+cloud-service-recommender");
        Assert.DoesNotContain(
            home.Commits().Except(commits), c => !c.Contains("/audit/", StringComparison.Ordinal));

        await home.RunAsync("demo", "sources", "--days", "1");
        await home.RunAsync("run", "--select", "+cloud-service-recommender");
        List<Dictionary<string, string?>> versions = await home.QueryAsync(
            $"select version, artifact, sha256, gate from {Product}.model where event = 'registered' order by version");
        Assert.Equal(["1", "2"], versions.Select(v => v["version"]));
        Assert.NotEqual(versions[0]["sha256"], versions[1]["sha256"]);

        // The update with what changed is what the matrix is by SQL.
        await home.RunAsync("verify", "cloud-service-recommender");
        await AssertRollsBackAsync(home, versions[1]["gate"] == "passed");
    }

    [Fact]
    public async Task Run_TooLittleData_SaysSoAndGoesOn()
    {
        await using DemoHome home = new();
        await home.RunAsync("demo", "sources", "--scale", "0.002", "--seed", "7", "--days", "35");

        CliResult run = await home.TryAsync(null, "run", "--select", "+cloud-service-recommender");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("LF4405", run.Error + run.Output, StringComparison.Ordinal);
        Assert.Empty(await home.QueryAsync($"select account_id from {Product}.recommendation"));
        Assert.Empty(await home.QueryAsync($"select recommendation_id from {Product}.exposure"));
        CliResult status = await home.TryAsync(null, "recommender", "status");
        Assert.Equal(1, status.ExitCode);
        Assert.Contains("LF4406", status.Error, StringComparison.Ordinal);
    }

    private static async Task AssertBatchIsOfflineAsync(DemoHome home)
    {
        List<Dictionary<string, string?>> champion = await home.QueryAsync(
            $"select artifact, sha256 from {Product}.model where event = 'registered'");
        string folder = Path.Combine(home.Lake, "operations", "curated", "cloud_service_recommender", "_artifacts");
        ServiceRecommender recommender = new(
            PackageFile.Read(Path.Combine(folder, champion[0]["artifact"]!), champion[0]["sha256"]));
        ILookup<string, string> baskets = (await home.QueryAsync(
                $"select distinct account_id, service_id from {Product}.interaction where amount > 0"))
            .ToLookup(r => r["account_id"]!, r => r["service_id"]!);
        ILookup<string, Dictionary<string, string?>> batch = (await home.QueryAsync(
                "select account_id, rank, service_id, cast(score as varchar) as score, reason "
                + $"from {Product}.recommendation order by account_id, rank"))
            .ToLookup(r => r["account_id"]!);

        Assert.Equal(baskets.Select(b => b.Key).Order(), batch.Select(b => b.Key).Order());
        foreach (IGrouping<string, string> basket in baskets)
        {
            SuggestionList offline = recommender.Recommend([.. basket], 10, []);
            Assert.Equal(
                offline.Items.Select(i => (i.Service, Math.Round(i.Score, 12), i.Reasons.FirstOrDefault().Service)),
                batch[basket.Key].Select(r => (
                    r["service_id"]!, Math.Round(double.Parse(r["score"]!, CultureInfo.InvariantCulture), 12),
                    r["reason"]!)));
        }
    }

    private static async Task AssertRollsBackAsync(DemoHome home, bool passed)
    {
        if (passed)
        {
            await home.RunAsync("recommender", "rollback");
        }
        else
        {
            CliResult refused = await home.TryAsync(null, "recommender", "promote", "2");
            Assert.Contains("LF4407", refused.Error, StringComparison.Ordinal);
            await home.RunAsync("recommender", "promote", "2", "--alias", "challenger");
        }

        string versions = await home.RunAsync("recommender", "versions", "--format", "json");
        Assert.Contains(
            "champion",
            (string)JsonNode.Parse(versions.Split('\n', StringSplitOptions.RemoveEmptyEntries)[0])!["aliases"]!,
            StringComparison.Ordinal);
        await home.RunAsync("run", "--select", "cloud-service-recommender");
        List<Dictionary<string, string?>> scored =
            await home.QueryAsync($"select distinct model_version from {Product}.recommendation");
        Assert.Equal("1", Assert.Single(scored)["model_version"]);
        string status = await home.RunAsync("recommender", "status", "--format", "json");
        Assert.Contains("\"signal\":\"coverage\"", status, StringComparison.Ordinal);
    }
}
