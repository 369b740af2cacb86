using System.Net;
using System.Text.Json;
using Landfall.Recommender.Exposures;
using Landfall.Recommender.Scoring;
using Landfall.Server.Endpoints;
using Landfall.Server.Harness;
using Landfall.Server.Models;

namespace Landfall.Server.Tests.Http;

public sealed class ScoreTests
{
    [Fact]
    public async Task Score_Services_RanksWithScoresReasonsAndProbabilities()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());

        using HttpResponseMessage response =
            await server.ScoreAsync("""{"services":["service-0","service-1"],"k":2,"exclude":["service-3"]}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement body = await TestServer.JsonAsync(response);
        Assert.Equal(7, body.GetProperty("model").GetProperty("version").GetInt32());
        Assert.Equal("champion", body.GetProperty("deployment").GetString());
        Assert.Equal("champion", response.Headers.GetValues("azureml-model-deployment").Single());
        JsonElement recommendation = body.GetProperty("recommendations").EnumerateArray().Single();
        Assert.Equal(32, recommendation.GetProperty("recommendation_id").GetString()!.Length);
        Assert.Equal("treated", recommendation.GetProperty("arm").GetString());
        Assert.False(recommendation.GetProperty("fallback").GetBoolean());
        JsonElement[] items = [.. recommendation.GetProperty("items").EnumerateArray()];
        Assert.Equal(["service-2", "service-4"], items.Select(i => i.GetProperty("service_id").GetString()));
        Assert.Equal([1, 2], items.Select(i => i.GetProperty("rank").GetInt32()));

        // Prior 0.002, 1/3 from service 0 and 1/2 from service 1.
        double score = 0.002 + (1.0 / 3) + (1.0 / 2);
        Assert.Equal(score, items[0].GetProperty("score").GetDouble(), 1e-15);
        Assert.Equal(1 / (1 + Math.Exp(-score)), items[0].GetProperty("probability").GetDouble(), 1e-15);
        Assert.Equal(
            "Because you use service-1 and service-0.", items[0].GetProperty("reason").GetString());
        Assert.Equal(
            [0.5, 1.0 / 3],
            items[0].GetProperty("because").EnumerateArray().Select(b => b.GetProperty("contribution").GetDouble()));
    }

    [Fact]
    public async Task Score_SeveralAccounts_AnswersAndLogsEachInOrder()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());

        JsonElement body = await TestServer.JsonAsync(
            await server.ScoreAsync("""{"account_ids":["account-3","nobody","account-4"],"k":1}"""));

        JsonElement[] all = [.. body.GetProperty("recommendations").EnumerateArray()];
        Assert.Equal(
            ["account-3", "nobody", "account-4"], all.Select(r => r.GetProperty("account_id").GetString()));
        Assert.Equal([false, true, false], all.Select(r => r.GetProperty("fallback").GetBoolean()));
        Assert.Equal(
            all.Select(r => r.GetProperty("recommendation_id").GetString()),
            server.Exposures.Served.Select(s => s.RecommendationId));
        Assert.Equal(3, all.Select(r => r.GetProperty("recommendation_id").GetString()).Distinct().Count());
        Assert.Equal(["customer-0", null, "customer-0"], server.Exposures.Served.Select(s => s.CustomerId));
        ServedRecommendation first = server.Exposures.Served.First();
        Assert.Equal(
            (7, "champion", "treated", false), (first.ModelVersion, first.Deployment, first.Arm, first.Fallback));
        ExposedService item = Assert.Single(first.Items);
        Assert.Equal(("service-4", "service-3"), (item.ServiceId, item.Reason));
    }

    [Fact]
    public async Task Score_AccountWithServices_CountsThoseGiven()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());

        JsonElement body = await TestServer.JsonAsync(
            await server.ScoreAsync("""{"account_id":"account-3","services":["service-0"],"k":1}"""));

        Assert.Equal(
            "service-1",
            body.GetProperty("recommendations")[0].GetProperty("items")[0].GetProperty("service_id").GetString());
        Assert.Equal("customer-0", Assert.Single(server.Exposures.Served).CustomerId);
    }

    [Fact]
    public async Task Score_HoldoutCustomer_GetsNothingAndIsLoggedAsGhost()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());

        JsonElement body = await TestServer.JsonAsync(
            await server.ScoreAsync("""{"account_ids":["account-4","account-5"]}"""));

        JsonElement[] all = [.. body.GetProperty("recommendations").EnumerateArray()];
        Assert.Equal(["treated", "holdout"], all.Select(r => r.GetProperty("arm").GetString()));
        Assert.Equal([5, 0], all.Select(r => r.GetProperty("items").GetArrayLength()));
        ServedRecommendation ghost = server.Exposures.Served.Last();
        Assert.Equal(("holdout", "customer-1", 5), (ghost.Arm, ghost.CustomerId, ghost.Items.Length));
        Assert.Equal(all[1].GetProperty("recommendation_id").GetString(), ghost.RecommendationId);
    }

    [Fact]
    public async Task Score_FullLog_AnswersAndCounts()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());
        server.Exposures.IsFull = true;

        using HttpResponseMessage response = await server.ScoreAsync("""{"account_ids":["account-3","account-4"]}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement status = await TestServer.JsonAsync(await server.Client.GetAsync(TestServer.Base + "/status"));
        Assert.Equal(2, status.GetProperty("exposures_dropped").GetInt64());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"account_id":""}""")]
    [InlineData("""{"account_ids":[]}""")]
    [InlineData("""{"account_ids":["a"],"services":["b"]}""")]
    [InlineData("""{"services":[null]}""")]
    [InlineData("""{"services":["a"],"k":0}""")]
    [InlineData("""{"services":["a"],"k":101}""")]
    [InlineData("""{"services":["a"],"k":1.5}""")]
    [InlineData("""{"services":["a"],"k":"3"}""")]
    [InlineData("""{"services":["a"],"services":["b"]}""")]
    [InlineData("""{"services":["a"],"unknown":1}""")]
    [InlineData("""{"services":["a\u0000b"]}""")]
    [InlineData("""{"services":["\ud800"]}""")]
    [InlineData("""{"services":["a"]} {}""")]
    [InlineData("""{"services":[""")]
    public async Task Score_BadBody_IsRefusedWithoutRepeatingIt(string body)
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());

        using HttpResponseMessage response = await server.ScoreAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        JsonElement problem = await TestServer.JsonAsync(response);
        Assert.Contains(problem.GetProperty("code").GetString(), new[] { "LF4423", "LF4424" });
        Assert.Empty(server.Exposures.Served);
    }

    [Fact]
    public async Task Score_AtAndBeyondLimits_IsAnsweredAndRefused()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());

        Assert.Equal(HttpStatusCode.OK, await Status(Body(100, 128, 100)));
        Assert.Equal(HttpStatusCode.BadRequest, await Status(Body(101, 128, 100)));
        Assert.Equal(HttpStatusCode.BadRequest, await Status(Body(100, 129, 100)));
        Assert.Equal(HttpStatusCode.BadRequest, await Status(Body(100, 128, 101)));

        async Task<HttpStatusCode> Status(string body)
        {
            using HttpResponseMessage response = await server.ScoreAsync(body);
            return response.StatusCode;
        }

        static string Body(int accounts, int length, int count) => JsonSerializer.Serialize(new
        {
            account_ids = Enumerable.Range(0, accounts).Select(_ => new string('é', length)),
            k = count,
        });
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public async Task Score_ModelWithoutNumbers_FailsAs424AndLogsNothing(double score)
    {
        await using TestServer server = await TestServer.StartAsync(
            new Deployment("champion", new FailingModel(() => new([new(1, "s", score, null, [])], false, 0)), 100));

        await AssertFailsAsync(server);
    }

    [Fact]
    public async Task Score_ModelThatThrows_FailsAs424AndLogsNothing()
    {
        await using TestServer server = await TestServer.StartAsync(new Deployment(
            "champion", new FailingModel(() => throw new InvalidOperationException("secret-value")), 100));

        await AssertFailsAsync(server);
        Assert.Contains(server.Log.Lines, l => l.Contains("InvalidOperationException", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.Lines, l => l.Contains("secret-value", StringComparison.Ordinal));
    }

    private static async Task AssertFailsAsync(TestServer server)
    {
        using HttpResponseMessage response = await server.ScoreAsync("""{"services":["service-0"]}""");

        Assert.Equal((HttpStatusCode)424, response.StatusCode);
        Assert.Equal("500", response.Headers.GetValues("ms-azureml-model-error-statuscode").Single());
        Assert.Equal("model failed", response.Headers.GetValues("ms-azureml-model-error-reason").Single());
        Assert.Equal("true", response.Headers.GetValues("x-ms-run-function-failed").Single());
        Assert.Empty(server.Exposures.Served);
        Assert.Equal(1, server.Endpoint.Counters.Failed);
    }

    private sealed class FailingModel(Func<SuggestionList> answer) : IDeployedModel
    {
        public ModelIdentity Identity { get; } = new TinyModel(1).Identity;

        public SuggestionList Recommend(
            IReadOnlyCollection<string> services, int count, IReadOnlyCollection<string> excluded) => answer();
    }
}
