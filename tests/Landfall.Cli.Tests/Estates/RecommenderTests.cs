using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Landfall.Recommender.Experiments;
using Landfall.Recommender.Packages;
using Landfall.Recommender.Scoring;
using Landfall.Testing;

namespace Landfall.Cli.Tests.Estates;

/// <summary>Relecloud's recommender from its telemetry to suggestions, through the real program.</summary>
public sealed class RecommenderTests
{
    private const string Product = "operations.cloud_service_recommender";

    [Fact]
    public async Task Run_HalfAYear_TrainsAModelThatBeatsTheBaselinesAndKeepsItUp()
    {
        await using DemoHome home = new();
        await home.MakeSourcesAsync(days: 180, scale: "0.05", seed: "1");
        await home.RunAsync("run");

        JsonNode report = JsonNode.Parse(await home.RunAsync("recommender", "card", "--format", "json"))!;
        Assert.True((bool)report["promotion"]!["passed"]!, report["promotion"]!.ToJsonString());
        foreach (string baseline in new[] { "recent-popularity", "sar" })
        {
            JsonNode compared = report["comparisons"]!.AsArray().Single(c => (string)c!["against"]! == baseline)!;
            Assert.True((double)compared["ndcg"]!["low"]! > 0, compared.ToJsonString());
        }

        await AssertApplicationIsServedAsync(home);
        List<Dictionary<string, string?>> earned =
            await home.QueryAsync("select statement from operations.recommender_revenue.incremental_revenue");
        Assert.Contains("zero", Assert.Single(earned)["statement"]!, StringComparison.Ordinal);
        Assert.NotEmpty(await home.QueryAsync(
            "select * from operations.recommender_revenue.attributed_revenue where net > 0"));
        await AssertOnlineIsBatchAsync(home, await AssertBatchIsOfflineAsync(home));
        string[] commits = home.Commits();
        await home.RunAsync("run", "--select", "+cloud-service-recommender");
        Assert.DoesNotContain(
            home.Commits().Except(commits), c => !c.Contains("/audit/", StringComparison.Ordinal));

        await home.RunAsync("demo", "sources", "--days", "1");
        await AssertApplicationIsServedAsync(home);
        await home.RunAsync("run", "--select", "+cloud-service-recommender");
        List<Dictionary<string, string?>> versions = await home.QueryAsync(
            $"select version, artifact, sha256, promotion from {Product}.model where event = 'registered' "
            + "order by version");
        Assert.Equal(["1", "2"], versions.Select(v => v["version"]));
        Assert.NotEqual(versions[0]["sha256"], versions[1]["sha256"]);

        // The update with what changed is what the matrix is by SQL.
        await home.RunAsync("verify", "cloud-service-recommender");
        await AssertSwapDropsNoRequestAsync(home);
        await AssertRollsBackAsync(home, versions[1]["promotion"] == "passed");
    }

    [Fact]
    public async Task Run_TooLittleData_SaysSoAndGoesOn()
    {
        await using DemoHome home = new();
        await home.MakeSourcesAsync(days: 35);

        CliResult run = await home.TryAsync(null, "run", "--select", "+cloud-service-recommender");

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("LF4405", run.Error + run.Output, StringComparison.Ordinal);
        Assert.Empty(await home.QueryAsync($"select account_id from {Product}.recommendation"));
        Assert.Empty(await home.QueryAsync($"select recommendation_id from {Product}.exposure"));
        CliResult status = await home.TryAsync(null, "recommender", "status");
        Assert.Equal(1, status.ExitCode);
        Assert.Contains("LF4406", status.Error, StringComparison.Ordinal);
    }

    /// <summary>What the simulated application was served and reported is in the tables, once.</summary>
    private static async Task AssertApplicationIsServedAsync(DemoHome home)
    {
        string[] files = Directory.GetFiles(Path.Combine(home.Folder, "sources", "application"), "*.jsonl");
        ILookup<bool, int> lines = files.ToLookup(
            f => Path.GetFileName(f).StartsWith("feedback-", StringComparison.Ordinal),
            f => File.ReadLines(f).Count());
        List<Dictionary<string, string?>> rows = await home.QueryAsync(
            $"select (select count(*) from {Product}.exposure where model_version = 0) as exposures, "
            + $"(select count(*) from {Product}.feedback where service_id <> 's') as reports");

        Assert.True(lines[false].Sum() > 0 && lines[true].Sum() > 0);
        Assert.Equal(
            (lines[false].Sum(), lines[true].Sum()),
            (int.Parse(rows[0]["exposures"]!, CultureInfo.InvariantCulture),
                int.Parse(rows[0]["reports"]!, CultureInfo.InvariantCulture)));
    }

    /// <summary>The batch has what the champion's file gives, for all accounts but those that are held out.</summary>
    /// <returns>What these would be suggested.</returns>
    private static async Task<IEnumerable<(string, string, double)>> AssertBatchIsOfflineAsync(DemoHome home)
    {
        Holdout holdout = new("relecloud-2026", 0.10);
        HashSet<string> heldOut =
        [
            .. (await home.QueryAsync($"select account_id, customer_id from {Product}.account_profile"))
                .Where(r => holdout.Contains(r["customer_id"])).Select(r => r["account_id"]!),
        ];
        List<Dictionary<string, string?>> champion = await home.QueryAsync(
            $"select artifact, sha256 from {Product}.model where event = 'registered'");
        string folder = Path.Combine(home.Lake, "operations", "curated", "cloud_service_recommender", "_artifacts");
        ServiceRecommender recommender = new(
            PackageFile.Read(Path.Combine(folder, champion[0]["artifact"]!), champion[0]["sha256"]));
        ILookup<string, string> baskets = (await home.QueryAsync(
                $"select distinct account_id, service_id from {Product}.interaction where amount > 0"))
            .ToLookup(r => r["account_id"]!, r => r["service_id"]!);
        IGrouping<string, string>[] served = [.. baskets.Where(b => !heldOut.Contains(b.Key))];
        ILookup<string, Dictionary<string, string?>> batch = (await home.QueryAsync(
                "select account_id, rank, service_id, cast(score as varchar) as score, reason "
                + $"from {Product}.recommendation order by account_id, rank"))
            .ToLookup(r => r["account_id"]!);

        Assert.InRange(baskets.Count - served.Length, 1, baskets.Count / 4);
        Assert.Equal(served.Select(b => b.Key).Order(), batch.Select(b => b.Key).Order());
        foreach (IGrouping<string, string> basket in served)
        {
            SuggestionList offline = recommender.Recommend([.. basket], 10, []);
            Assert.Equal(
                offline.Items.Select(i => (i.Service, i.Score, i.Reasons.FirstOrDefault().Service)),
                batch[basket.Key].Select(r => (
                    r["service_id"]!, double.Parse(r["score"]!, CultureInfo.InvariantCulture), r["reason"]!)));
        }

        return
            from basket in baskets.Where(b => heldOut.Contains(b.Key)).OrderBy(b => b.Key, StringComparer.Ordinal)
            from item in recommender.Recommend([.. basket], 10, []).Items
            select (basket.Key, item.Service, item.Score);
    }

    /// <summary>
    /// The endpoint answers every account what the batch has, to the last bit, which is nothing where its customer is
    /// held out; and it logs what it answers.
    /// </summary>
    private static async Task AssertOnlineIsBatchAsync(
        DemoHome home, IEnumerable<(string, string, double)> ghosts)
    {
        ILookup<string, (string, double, string?)> batch = (await home.QueryAsync(
                "select account_id, service_id, cast(score as varchar) as score, reason "
                + $"from {Product}.recommendation order by account_id, rank"))
            .ToLookup(
                r => r["account_id"]!,
                r => (r["service_id"]!, double.Parse(r["score"]!, CultureInfo.InvariantCulture), r["reason"]));
        string[] accounts = [.. (await home.QueryAsync(
            $"select distinct account_id from {Product}.interaction where amount > 0 order by account_id"))
            .Select(r => r["account_id"]!)];
        using ServerProcess server = await ServerProcess.StartAsync(home.Folder);
        List<JsonNode> online = [];
        foreach (string[] some in accounts.Chunk(100))
        {
            JsonNode answer = await server.ScoreAsync(
                new JsonObject { ["account_ids"] = new JsonArray([.. some.Select(a => (JsonNode)a)]) }
                    .ToJsonString());
            online.AddRange(answer["recommendations"]!.AsArray().Select(r => r!));
        }

        string id = (string)online.First(r => (string)r["arm"]! == "treated")["recommendation_id"]!;
        using HttpResponseMessage feedback = await server.PostAsync(
            $$"""{"events":[{"recommendation_id":"{{id}}","service_id":"s","kind":"shown"}]}""", "feedback");
        Assert.True(feedback.IsSuccessStatusCode);
        await server.StopAsync();

        Assert.Equal(accounts, online.Select(r => (string)r["account_id"]!));
        Assert.Equal(
            batch.Select(b => b.Key),
            online.Where(r => (string)r["arm"]! == "treated").Select(r => (string)r["account_id"]!));
        Assert.All(online, r => Assert.Equal(
            batch[(string)r["account_id"]!],
            r["items"]!.AsArray().Select(i => (
                (string)i!["service_id"]!, (double)i["score"]!,
                (string?)i["because"]!.AsArray().FirstOrDefault()?["service_id"]))));

        // Holdouts are ghosts in the log: with what they would have been shown.
        List<Dictionary<string, string?>> logged = await home.QueryAsync(
            "select recommendation_id, account_id, arm, service_id, cast(score as varchar) as score "
            + $"from {Product}.exposure where model_version = 1 order by account_id, rank");
        ILookup<string, (string, string, double)> byArm = logged.ToLookup(e => e["arm"]!, e => (
            e["account_id"]!, e["service_id"]!, double.Parse(e["score"]!, CultureInfo.InvariantCulture)));
        Assert.Equal(batch.SelectMany(b => b.Select(i => (b.Key, i.Item1, i.Item2))), byArm["treated"]);
        Assert.Equal(ghosts, byArm["holdout"]);
        Assert.Equal(
            online.Select(r => ((string)r["recommendation_id"]!, (string)r["arm"]!)).Order(),
            logged.Select(e => (e["recommendation_id"]!, e["arm"]!)).Distinct().Order());
        Assert.Single(await home.QueryAsync($"select * from {Product}.feedback where recommendation_id = '{id}'"));
    }

    /// <summary>While an alias of the registry moves and is rolled back, what it deploys answers every request, by one
    /// version after the other.</summary>
    private static async Task AssertSwapDropsNoRequestAsync(DemoHome home)
    {
        using TemporaryFolder estate = new();
        EstateCopy.Whole(Path.Combine(Repository.Root, "estates", "relecloud"), estate.Path);
        string product = Path.Combine(
            estate.Path, "operations", "products", "cloud-service-recommender", "product.yaml");
        await File.WriteAllTextAsync(product, (await File.ReadAllTextAsync(product))
            .Replace("model: champion", "model: challenger", StringComparison.Ordinal));
        await home.RunAsync("recommender", "promote", "1", "--alias", "challenger");
        using ServerProcess server = await ServerProcess.StartAsync(home.Folder, estate.Path);
        using CancellationTokenSource done = new();
        ConcurrentQueue<int> seen = [];
        Task answered = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                JsonNode answer = await server.ScoreAsync("""{"services":["virtual-machines"]}""");
                seen.Enqueue((int)answer["model"]!["version"]!);
            }
        });

        await Eventually.TrueAsync(() => answered.IsCompleted || !seen.IsEmpty);
        await home.RunAsync("recommender", "promote", "2", "--alias", "challenger");
        await Eventually.TrueAsync(() => answered.IsCompleted || seen.LastOrDefault() == 2);
        await home.RunAsync("recommender", "rollback", "--alias", "challenger");
        await Eventually.TrueAsync(() => answered.IsCompleted || seen.LastOrDefault() == 1);
        await done.CancelAsync();
        await answered;
        await server.StopAsync();

        int[] versions = [.. seen];
        Assert.Equal([1, 2, 1], versions.Where((v, i) => i == 0 || v != versions[i - 1]));
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
