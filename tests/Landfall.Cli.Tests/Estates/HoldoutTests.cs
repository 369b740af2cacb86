using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Landfall.Engine;
using Landfall.Engine.Analysis;
using Landfall.Engine.Planning;
using Landfall.Engine.Steps;
using Landfall.Server.Endpoints;
using Landfall.Server.Estates;

namespace Landfall.Cli.Tests.Estates;

/// <summary>The batch leaves out whom the endpoint holds out, and nobody else.</summary>
public sealed class HoldoutTests
{
    private const string Recommendation = $"{ModelEstate.Product}.recommendation";

    /// <summary>An account as the endpoint answers it.</summary>
    private sealed record Answer(bool IsHeldOut, string Items);

    [Fact]
    public async Task Run_CustomersHeldOut_SuggestsWhatTheEndpointServes()
    {
        using SmallEstate home = ModelEstate.Create();
        await home.RunWellAsync();

        ImmutableSortedDictionary<string, Answer> online = await OnlineAsync(home);
        Assert.Equal(Served(online), await BatchAsync(home));

        // The check means something: some are held out, one with all of several accounts, and strays never are.
        string[] heldOut = [.. online.Where(a => a.Value.IsHeldOut).Select(a => a.Key)];
        ILookup<string, string> byCustomer = heldOut.ToLookup(a => a.Split('x')[0]);
        Assert.Contains(byCustomer, c => c.Count() > 1);
        Assert.All(byCustomer, c => Assert.Equal(
            online.Keys.Where(a => a.StartsWith(c.Key + "x", StringComparison.Ordinal)), c));
        Assert.InRange(heldOut.Length, 2, online.Count / 4);
        Assert.All(heldOut, a => Assert.Equal("", online[a].Items));
        foreach (string stray in new[] { "nobody1", "nobody2", "unknown1", "unknown2" })
        {
            Assert.False(online[stray].IsHeldOut);
            Assert.NotEqual("", online[stray].Items);
        }
    }

    [Fact]
    public async Task Plan_HoldoutChanged_RebuildsTheRecommendationsAlone()
    {
        using SmallEstate home = ModelEstate.Create();
        await home.RunWellAsync();
        ImmutableSortedDictionary<string, Answer> before = await OnlineAsync(home);
        Assert.Empty(await PlannedAsync(home));

        home.Change(ModelEstate.Manifest, "timeoutSeconds: 5", "timeoutSeconds: 7");
        Assert.Empty(await PlannedAsync(home));

        home.Change(ModelEstate.Manifest, "salt: one", "salt: two");
        Assert.Equal([$"{Recommendation}: code changed"], await PlannedAsync(home));
        Assert.Equal([Recommendation], await RunAsync(home));
        ImmutableSortedDictionary<string, Answer> after = await OnlineAsync(home);
        Assert.NotEqual(HeldOut(before), HeldOut(after));
        Assert.Equal(Served(after), await BatchAsync(home));

        home.Change(ModelEstate.Manifest, "share: 0.1", "share: 0.05");
        Assert.Equal([Recommendation], await RunAsync(home));
        Assert.Equal(Served(await OnlineAsync(home)), await BatchAsync(home));
        Assert.Empty(await PlannedAsync(home));
    }

    [Fact]
    public async Task Run_NobodyHeldOut_SuggestsToEveryAccount()
    {
        using SmallEstate home = ModelEstate.Create();
        home.Change(ModelEstate.Manifest, "share: 0.1", "share: 0");
        await home.RunWellAsync();

        ImmutableSortedDictionary<string, Answer> online = await OnlineAsync(home);
        Assert.Empty(HeldOut(online));
        ImmutableSortedDictionary<string, string> batch = await BatchAsync(home);
        Assert.Equal(Served(online), batch);

        // Without an endpoint there is no holdout either, so that nothing is to be made anew.
        string manifest = await File.ReadAllTextAsync(Path.Combine(home.EstateFolder, ModelEstate.Manifest));
        home.Write(ModelEstate.Manifest, manifest[..manifest.IndexOf("endpoint:", StringComparison.Ordinal)]);
        Assert.Empty(await PlannedAsync(home));

        // One that is added later takes its customers out.
        home.Write(ModelEstate.Manifest, manifest.Replace("share: 0,", "share: 0.1,", StringComparison.Ordinal));
        Assert.Equal([Recommendation], await RunAsync(home));
        Assert.Equal(Served(await OnlineAsync(home)), await BatchAsync(home));
        Assert.True((await BatchAsync(home)).Count < batch.Count);
    }

    private static IEnumerable<string> HeldOut(ImmutableSortedDictionary<string, Answer> online) =>
        online.Where(a => a.Value.IsHeldOut).Select(a => a.Key);

    private static ImmutableSortedDictionary<string, string> Served(
        ImmutableSortedDictionary<string, Answer> online) => online.Where(a => !a.Value.IsHeldOut)
        .ToImmutableSortedDictionary(a => a.Key, a => a.Value.Items, StringComparer.Ordinal);

    /// <summary>What would run and why.</summary>
    private static async Task<string[]> PlannedAsync(SmallEstate home)
    {
        using EngineSession session = home.Open();
        EstateAnalysis analysis = EstateAnalysis.Of(session, TimeProvider.System.GetUtcNow());
        Plan plan = await new EstatePlanner(session, analysis).PlanAsync([], [], false, CancellationToken.None);
        return [.. plan.Steps.Where(s => s.WillRun).Select(s => $"{s.Step.Table}: {s.Reason}")];
    }

    /// <summary>The tables that a run of everything committed.</summary>
    private static async Task<string[]> RunAsync(SmallEstate home) =>
    [
        .. (await home.RunWellAsync()).Steps.Where(s => s.Outcome.State == StepState.Done)
            .Select(s => s.Step.Table.ToString()),
    ];

    /// <summary>The services suggested to each account by the table, in order.</summary>
    private static async Task<ImmutableSortedDictionary<string, string>> BatchAsync(SmallEstate home)
    {
        CliResult result = await home.TryAsync(
            "query", "--format", "json",
            $"select account_id, string_agg(service_id, ' ' order by rank) as services from {Recommendation} "
            + "group by account_id");
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)
            .ToImmutableSortedDictionary(
                r => (string)r["account_id"]!, r => (string)r["services"]!, StringComparer.Ordinal);
    }

    /// <summary>What the endpoint answers for every account that uses anything.</summary>
    private static async Task<ImmutableSortedDictionary<string, Answer>> OnlineAsync(SmallEstate home)
    {
        string[] accounts =
        [
            .. File.ReadLines(Path.Combine(home.Folder, "src", "usage", "usage.csv")).Skip(1)
                .Select(l => l.Split(',')[0]).Distinct(),
        ];
        using EngineSession session = home.Open();
        await using EstateServer server = await EstateServer.StartAsync(
            session, new() { Port = 0 }, CancellationToken.None);
        RecommenderEndpoint endpoint = Assert.Single(server.Endpoints);
        using HttpClient client = new() { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", endpoint.Keys.Primary);
        var answers = ImmutableSortedDictionary.CreateBuilder<string, Answer>(StringComparer.Ordinal);
        foreach (string[] some in accounts.Chunk(100))
        {
            JsonObject body = new() { ["account_ids"] = new JsonArray([.. some.Select(a => (JsonNode)a)]) };
            using StringContent content = new(body.ToJsonString(), Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await client.PostAsync(
                new Uri($"/endpoints/{endpoint.Name}/score", UriKind.Relative), content);
            string text = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, text);
            foreach (JsonNode? answer in JsonNode.Parse(text)!["recommendations"]!.AsArray())
            {
                answers.Add((string)answer!["account_id"]!, new(
                    (string)answer["arm"]! == "holdout",
                    string.Join(' ', answer["items"]!.AsArray().Select(i => (string)i!["service_id"]!))));
            }
        }

        return answers.ToImmutable();
    }
}
