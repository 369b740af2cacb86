using System.Collections.Immutable;
using Landfall.Engine.DuckDb;
using Landfall.Engine.Lakes;
using Landfall.Recommender.Exposures;
using Landfall.Recommender.Packages;
using Landfall.Recommender.Training;
using Landfall.Server;
using Landfall.Server.Accounts;
using Landfall.Server.Endpoints;
using Landfall.Server.Keys;
using Landfall.Server.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Landfall.Bench;

/// <summary>
/// The servers that are measured, in a process of their own until its standard input ends: <c>empty</c>, which is
/// Kestrel alone, <c>full</c>, the endpoint with key check and exposure log, and <c>swap</c>, the same with a new
/// champion twenty times a second. Each prints its port and a key.
/// </summary>
internal static class EndpointServer
{
    public const int Accounts = 10_000;

    private const int Services = 200;
    private const int ServicesPerAccount = 8;

    public static async Task<int> RunAsync(string kind, string folder)
    {
        await (kind == "empty" ? EmptyAsync() : FullAsync(folder, kind == "swap"));
        return 0;
    }

    private static async Task EmptyAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using WebApplication application = builder.Build();
        application.Run(_ => Task.CompletedTask);
        await application.StartAsync();
        await UntilEndAsync(new Uri(application.Urls.First()).Port, "none");
    }

    private static async Task FullAsync(string folder, bool swaps)
    {
        using DuckDbLocalEngine engine = new();
        using ExposureTables tables = new(
            Path.Combine(folder, "exposure"), Path.Combine(folder, "feedback"), engine,
            new IdSource(TimeProvider.System, Random.Shared), TimeProvider.System);
        await using ExposureLog log = await ExposureLog.OpenAsync(
            tables,
            new() { Folder = Path.Combine(folder, "segments") },
            CancellationToken.None);
        Champions champions = new();
        RecommenderEndpoint endpoint = new(
            "cloud", EndpointKeys.Create(), new BenchAccounts(), log, _ => false, new EndpointLimits());
        await using RecommenderServer server = await RecommenderServer.StartAsync(
            new() { Port = 0 }, [new(endpoint, champions)], CancellationToken.None);
        using Timer swap = new(
            _ => endpoint.Deploy(champions.Next()), null, swaps ? 50 : Timeout.Infinite, swaps ? 50 : Timeout.Infinite);
        await UntilEndAsync(server.Address.Port, endpoint.Keys.Primary);
        ExposureLogStatus status = log.Status;
        Console.WriteLine($"{status.Taken} {status.Dropped}");
    }

    private static async Task UntilEndAsync(int port, string key)
    {
        Console.WriteLine($"{port} {key}");
        _ = await Console.In.ReadToEndAsync();
    }

    /// <summary>Two versions of a model, in turn.</summary>
    private sealed class Champions : IDeploymentSource
    {
        private readonly PackagedModel[] _models = [Model(1), Model(2)];
        private int _next;

        public ImmutableArray<Deployment> Next() =>
            [new("blue", _models[Interlocked.Increment(ref _next) % _models.Length], 100)];

        public Task<ImmutableArray<Deployment>> LoadAsync(CancellationToken cancellationToken) =>
            Task.FromResult(Next());

        private static PackagedModel Model(int version)
        {
            Random random = new(version);
            ModelPackage package = new()
            {
                Name = "bench",
                Options = new() { Algorithm = ModelAlgorithm.Ease },
                TrainedThrough = new(2026, 11, 1),
                Services = [.. Enumerable.Range(0, Services).Select(i => $"service-{i:000}")],
                Accounts = [.. Enumerable.Repeat(1.0, Services)],
                Model = new(
                    Services, [.. Enumerable.Range(0, Services * Services).Select(_ => random.NextDouble() - 0.4)],
                    [.. Enumerable.Range(0, Services).Select(_ => random.NextDouble() / 100)]),
                Fallback = [.. Enumerable.Repeat(0.5, Services)],
                Calibration = new([0, 1], [0.1, 0.2]),
            };
            return new(package, version, new string('0', 64));
        }
    }

    private sealed class BenchAccounts : IAccountBaskets
    {
        private readonly Dictionary<string, AccountBasket> _baskets = Enumerable.Range(0, Accounts).ToDictionary(
            i => $"account-{i}",
            i => new AccountBasket(
                $"customer-{i / 4}",
                [.. Enumerable.Range(0, ServicesPerAccount).Select(s => $"service-{(i + (s * 37)) % Services:000}")]));

        public AccountBasket? Find(string accountId) => _baskets.GetValueOrDefault(accountId);

        public Task RefreshAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
