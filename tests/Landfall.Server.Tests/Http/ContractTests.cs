using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Landfall.Recommender.Scoring;
using Landfall.Server.Endpoints;
using Landfall.Server.Harness;
using Landfall.Server.Models;
using Landfall.Testing;

namespace Landfall.Server.Tests.Http;

/// <summary>The contract of Azure Machine Learning's online endpoints besides the answers themselves.</summary>
public sealed class ContractTests
{
    private const string Ask = """{"services":["service-0"],"k":1}""";

    [Fact]
    public async Task Keys_PrimaryAndSecondary_AdmitAndOthersDoNot()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());
        string primary = server.Keys.Primary, secondary = server.Keys.Secondary;

        Assert.Equal(HttpStatusCode.OK, await StatusWith("Bearer " + primary));
        Assert.Equal(HttpStatusCode.OK, await StatusWith("bearer " + secondary));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWith(null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWith(primary));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWith("Basic " + primary));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWith("Bearer " + primary + "x"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWith("Bearer " + primary[..^1]));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWith("Bearer "));

        server.Endpoint.Keys = server.Keys.WithNewPrimary();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWith("Bearer " + primary));
        Assert.Equal(HttpStatusCode.OK, await StatusWith("Bearer " + secondary));
        Assert.Equal(HttpStatusCode.OK, await StatusWith("Bearer " + server.Keys.Primary));

        async Task<HttpStatusCode> StatusWith(string? authorization)
        {
            using HttpResponseMessage response = await server.PostAsync(TestServer.Base + "/score", Ask, h =>
            {
                h.Authorization = null;
                if (authorization is not null)
                {
                    h.TryAddWithoutValidation("Authorization", authorization);
                }
                else
                {
                    h.TryAddWithoutValidation("Authorization", "");
                }
            });
            Assert.Equal(
                response.StatusCode == HttpStatusCode.Unauthorized, response.Headers.WwwAuthenticate.Count == 1);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Traffic_Split_FollowsThePercentages()
    {
        await using TestServer server = await TestServer.StartAsync(
            TestServer.Champion(1, 80), new Deployment("green", new TinyModel(2), 20));

        int green = 0;
        for (int i = 0; i < 1000; i++)
        {
            using HttpResponseMessage response = await server.ScoreAsync(Ask);
            green += response.Headers.GetValues("azureml-model-deployment").Single() == "green" ? 1 : 0;
        }

        // Six standard deviations of a binomial of 1000 draws at 0.2 are 76.
        Assert.InRange(green, 124, 276);
    }

    [Fact]
    public async Task DeploymentHeader_Names_ThatDeploymentAnswers()
    {
        await using TestServer server = await TestServer.StartAsync(
            TestServer.Champion(1), new Deployment("green", new TinyModel(2), 0));

        using HttpResponseMessage green = await server.PostAsync(
            TestServer.Base + "/score", Ask, h => h.Add("azureml-model-deployment", "green"));
        using HttpResponseMessage none = await server.PostAsync(
            TestServer.Base + "/score", Ask, h => h.Add("azureml-model-deployment", "blue"));

        Assert.Equal("green", green.Headers.GetValues("azureml-model-deployment").Single());
        Assert.Equal(2, (await TestServer.JsonAsync(green)).GetProperty("model").GetProperty("version").GetInt32());
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task NoModelYet_Score_Is404AndReadinessSaysSo()
    {
        await using TestServer server = await TestServer.StartAsync();

        using HttpResponseMessage response = await server.ScoreAsync(Ask);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains(
            "no model is registered",
            (await TestServer.JsonAsync(response)).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("/health/live")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Client.GetAsync("/health/ready")).StatusCode);
        Assert.Equal(
            HttpStatusCode.ServiceUnavailable,
            (await server.Client.GetAsync(TestServer.Base + "/health/ready")).StatusCode);
    }

    [Fact]
    public async Task Health_WithModel_NeedsNoKey()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());
        using HttpClient anonymous = new() { BaseAddress = server.Server.Address };

        foreach (string path in new[]
        {
            "/health/live", "/health/ready", "/v2/health/live", "/v2/health/ready", TestServer.Base + "/health/ready",
        })
        {
            Assert.Equal(HttpStatusCode.OK, (await anonymous.GetAsync(path)).StatusCode);
        }

        Assert.Equal("Healthy", await anonymous.GetStringAsync(TestServer.Base + "/"));
        Assert.Equal(HttpStatusCode.NotFound, (await anonymous.GetAsync("/endpoints/other/")).StatusCode);
    }

    [Fact]
    public async Task RequestIds_Given_AreRepeatedAndElseMade()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());

        using HttpResponseMessage given = await server.PostAsync(TestServer.Base + "/score", Ask, h =>
        {
            h.Add("x-request-id", "r-1");
            h.Add("x-ms-client-request-id", "c-1");
        });
        using HttpResponseMessage made = await server.ScoreAsync(Ask);
        using HttpResponseMessage bad = await server.PostAsync(
            TestServer.Base + "/score", Ask, h => h.Add("x-ms-client-request-id", new string('a', 101)));

        Assert.Equal("r-1", given.Headers.GetValues("x-request-id").Single());
        Assert.Equal("c-1", given.Headers.GetValues("x-ms-client-request-id").Single());
        Assert.True(Guid.TryParse(made.Headers.GetValues("x-request-id").Single(), out _));
        Assert.False(made.Headers.Contains("x-ms-client-request-id"));
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
    }

    [Fact]
    public async Task Body_OtherTypesAndSizes_AreRefused()
    {
        await using TestServer server = await TestServer.StartAsync(
            new EndpointLimits { BodyBytesMax = 1000 }, null, TestServer.Champion());

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await Status(Ask, "text/plain", null));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await Status(Ask, null, null));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await Status(Ask, "application/json; charset=utf-16", null));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await Status(Ask, "application/json", "gzip"));
        Assert.Equal(HttpStatusCode.OK, await Status(Ask.PadRight(1000), "application/json", null));
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge, await Status(Ask.PadRight(1001), "application/json", null));
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge, await Status(Ask.PadRight(5000), "application/json", null, true));

        async Task<HttpStatusCode> Status(string body, string? type, string? encoding, bool chunked = false)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, TestServer.Base + "/score")
            {
                Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
            };
            request.Headers.TransferEncodingChunked = chunked;
            request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
            if (encoding is not null)
            {
                request.Content.Headers.ContentEncoding.Add(encoding);
            }

            using HttpResponseMessage response = await server.Client.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Body_ThatDoesNotArrive_Is408()
    {
        await using TestServer server = await TestServer.StartAsync(
            new EndpointLimits { Timeout = TimeSpan.FromMilliseconds(200) }, null, TestServer.Champion());
        using TcpClient client = new();
        await client.ConnectAsync(server.Server.Address.Host, server.Server.Address.Port);

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {TestServer.Base}/score HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {server.Keys.Primary}\r\n"
            + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"));
        using StreamReader reader = new(client.GetStream());

        Assert.Equal("HTTP/1.1 408 Request Timeout", await reader.ReadLineAsync());
    }

    [Fact]
    public async Task TooManyUnderWay_Score_Is429WithRetryAfter()
    {
        using ManualResetEventSlim release = new();
        using SemaphoreSlim entered = new(0);
        await using TestServer server = await TestServer.StartAsync(
            new EndpointLimits { ConcurrencyMax = 2 }, null,
            new Deployment("champion", new WaitingModel(entered, release), 100));

        Task<HttpResponseMessage>[] waiting = [server.ScoreAsync(Ask), server.ScoreAsync(Ask)];
        await entered.WaitAsync();
        await entered.WaitAsync();
        using HttpResponseMessage refused = await server.ScoreAsync(Ask);
        release.Set();

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.All(await Task.WhenAll(waiting), r => Assert.Equal(HttpStatusCode.OK, r.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await server.ScoreAsync(Ask)).StatusCode);
    }

    [Fact]
    public async Task Mirror_Share_IsScoredBesidesAndNeverAnswersOrLogs()
    {
        await using TestServer server = await TestServer.StartAsync(
            TestServer.Champion(1), new Deployment("shadow", new TinyModel(2), 0, 50));

        for (int i = 0; i < 200; i++)
        {
            using HttpResponseMessage response = await server.ScoreAsync(Ask);
            Assert.Equal("champion", response.Headers.GetValues("azureml-model-deployment").Single());
        }

        Assert.Equal(200, server.Exposures.Served.Count);
        Assert.All(server.Exposures.Served, s => Assert.Equal(1, s.ModelVersion));
        await Eventually.TrueAsync(
            () => server.Endpoint.Counters.Mirrored + server.Endpoint.Counters.MirrorSkipped is > 50 and < 150);
        Assert.Equal(1.0, server.Endpoint.Counters.MirrorOverlap);
    }

    [Fact]
    public async Task Feedback_Events_AreLogged()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());
        string id = new('0', 32);

        using HttpResponseMessage response = await server.PostAsync(
            TestServer.Base + "/feedback",
            $$"""
            {"events":[{"recommendation_id":"{{id}}","service_id":"s","kind":"shown"},
                       {"recommendation_id":"{{id}}","service_id":"s","kind":"accepted",
                        "at":"2026-11-02T03:04:05+01:00"}]}
            """);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(2, (await TestServer.JsonAsync(response)).GetProperty("accepted").GetInt32());
        Assert.Equal(["shown", "accepted"], server.Exposures.Feedback.Select(f => f.Kind));
        Assert.Equal(
            new DateTimeOffset(2026, 11, 2, 2, 4, 5, TimeSpan.Zero), server.Exposures.Feedback.Last().At);

        server.Exposures.IsFull = true;
        using HttpResponseMessage full = await server.PostAsync(
            TestServer.Base + "/feedback",
            $$"""{"events":[{"recommendation_id":"{{id}}","service_id":"s","kind":"shown"}]}""");
        Assert.Equal(HttpStatusCode.TooManyRequests, full.StatusCode);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"events":[]}""")]
    [InlineData("""{"events":[null]}""")]
    [InlineData("""{"events":[{"recommendation_id":"ID","service_id":"s","kind":"bought"}]}""")]
    [InlineData("""{"events":[{"recommendation_id":"x","service_id":"s","kind":"shown"}]}""")]
    [InlineData("""{"events":[{"recommendation_id":"ID","kind":"shown"}]}""")]
    [InlineData("""{"events":[{"recommendation_id":"ID","service_id":"s","kind":"shown","at":"2999-01-01T00:00Z"}]}""")]
    public async Task Feedback_BadEvents_AreRefused(string body)
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());

        using HttpResponseMessage response = await server.PostAsync(
            TestServer.Base + "/feedback", body.Replace("ID", new string('0', 32), StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(server.Exposures.Feedback);
    }

    [Fact]
    public async Task OtherAddressesAndMethods_Are404And405()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());

        using HttpResponseMessage missing = await server.Client.GetAsync("/nowhere");
        using HttpResponseMessage method = await server.Client.GetAsync(TestServer.Base + "/score");

        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal("LF4425", (await TestServer.JsonAsync(missing)).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.MethodNotAllowed, method.StatusCode);
        Assert.Equal(["POST"], method.Content.Headers.Allow);
    }

    [Fact]
    public async Task Logs_OfRequestsOfAllKinds_HoldNothingOfThem()
    {
        await using TestServer server = await TestServer.StartAsync(TestServer.Champion());
        const string Marker = "marker-4711";

        foreach (string body in new[]
        {
            $$"""{"account_id":"{{Marker}}"}""", $$"""{"services":["{{Marker}}"]}""", $$"""{"{{Marker}}":1}""", Marker,
        })
        {
            using HttpResponseMessage response = await server.ScoreAsync(body);
            Assert.True(response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.BadRequest);
            if (!response.IsSuccessStatusCode)
            {
                Assert.DoesNotContain(Marker, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }

        Assert.DoesNotContain(server.Log.Lines, l => l.Contains(Marker, StringComparison.Ordinal));
    }

    private sealed class WaitingModel(SemaphoreSlim entered, ManualResetEventSlim release) : IDeployedModel
    {
        public ModelIdentity Identity { get; } = new TinyModel(1).Identity;

        public SuggestionList Recommend(
            IReadOnlyCollection<string> services, int count, IReadOnlyCollection<string> excluded)
        {
            entered.Release();
            release.Wait(TimeSpan.FromSeconds(20));
            return new([], false, 0);
        }
    }
}
