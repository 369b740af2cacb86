using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Landfall.Server.Endpoints;
using Landfall.Server.Harness;
using Landfall.Server.Keys;

namespace Landfall.Server.Tests;

/// <summary>
/// A server on a free port of this machine with one endpoint, <c>cloud</c>, and a client that has its key.
/// </summary>
internal sealed class TestServer : IAsyncDisposable
{
    public const string Base = "/endpoints/cloud";

    private TestServer(ListedExposures exposures, ListedDeployments source, ListedLog log) =>
        (Exposures, Source, Log) = (exposures, source, log);

    public required RecommenderServer Server { get; init; }

    public required RecommenderEndpoint Endpoint { get; init; }

    public required HttpClient Client { get; init; }

    public ListedExposures Exposures { get; }

    public ListedDeployments Source { get; }

    public ListedLog Log { get; }

    public EndpointKeys Keys => Endpoint.Keys;

    public static Task<TestServer> StartAsync(params ImmutableArray<Deployment> deployments) =>
        StartAsync(new EndpointLimits(), null, deployments);

    public static async Task<TestServer> StartAsync(
        EndpointLimits limits, KeyFile? keys, params ImmutableArray<Deployment> deployments)
    {
        ListedExposures exposures = new();
        ListedDeployments source = new() { Deployments = deployments };
        ListedLog log = new();
        RecommenderEndpoint endpoint = new(
            "cloud", keys is null ? EndpointKeys.Create() : await keys.ReadOrCreateAsync(), new TinyAccounts(),
            exposures, c => c == "customer-1", limits);
        RecommenderServer server = await RecommenderServer.StartAsync(
            new() { Port = 0, RefreshPeriod = TimeSpan.FromMilliseconds(20), Log = log },
            [new(endpoint, source, keys)], CancellationToken.None);
        HttpClient client = new() { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", endpoint.Keys.Primary);
        return new TestServer(exposures, source, log) { Server = server, Endpoint = endpoint, Client = client };
    }

    public static Deployment Champion(int version = 7, int traffic = 100) =>
        new("champion", new TinyModel(version), traffic);

    public Task<HttpResponseMessage> PostAsync(string path, string json) =>
        PostAsync(path, json, _ => { });

    public async Task<HttpResponseMessage> PostAsync(string path, string json, Action<HttpRequestHeaders> headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        headers(request.Headers);
        return await Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> ScoreAsync(string json) => PostAsync(Base + "/score", json);

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return document.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
