using System.Collections.Immutable;
using Landfall.Engine;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Estate.Products;
using Landfall.Recommender.Definitions;
using Landfall.Recommender.Experiments;
using Landfall.Recommender.Exposures;
using Landfall.Recommender.Registry;
using Landfall.Server.Endpoints;
using Landfall.Server.Keys;

namespace Landfall.Server.Estates;

/// <summary>
/// Serves every endpoint that an estate declares, each with the keys in the home, the log of its exposures, and the
/// models and accounts of the lake, which it follows.
/// </summary>
public sealed class EstateServer : IAsyncDisposable
{
    private readonly List<ExposureLog> _logs = [];
    private readonly List<ExposureTables> _tables = [];
    private RecommenderServer? _server;

    private EstateServer(ImmutableArray<RecommenderEndpoint> endpoints) => Endpoints = endpoints;

    /// <summary>Where it listens.</summary>
    public Uri Address => _server!.Address;

    /// <summary>What it serves.</summary>
    public ImmutableArray<RecommenderEndpoint> Endpoints { get; private set; }

    /// <summary>The products of an estate that have an endpoint.</summary>
    public static ImmutableArray<Product> ProductsOf(EstateDefinition estate) =>
        [.. estate.Zones.SelectMany(z => z.Products).Where(p => ModelDetails.Of(p)?.Endpoint is not null)];

    /// <summary>Starts serving; commits first what exposure logs of earlier runs left.</summary>
    /// <param name="session">The open estate, which must stay open.</param>
    /// <param name="options">How the server runs.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="LandfallException">
    /// <c>LF4435</c>: the estate declares no endpoint; <c>LF4422</c>: a key file cannot be used; <c>LF4431</c>: the
    /// port cannot be listened on; <c>LF4432</c>: another server has the home's exposure log; <c>LF4404</c>: a model's
    /// file cannot be used.
    /// </exception>
    public static async Task<EstateServer> StartAsync(
        EngineSession session, ServerOptions options, CancellationToken cancellationToken)
    {
        ImmutableArray<Product> products = ProductsOf(session.Estate);
        if (products.IsEmpty)
        {
            throw new LandfallException(
                "LF4435",
                "The estate declares no endpoint, so that there is nothing to serve. No data changed. Add an endpoint "
                + "to a product of type model.");
        }

        EstateServer server = new([]);
        try
        {
            List<HostedEndpoint> hosted = [];
            foreach (Product product in products)
            {
                hosted.Add(await server.HostAsync(session, product, options.Clock, cancellationToken));
            }

            server.Endpoints = [.. hosted.Select(h => h.Endpoint)];
            server._server = await RecommenderServer.StartAsync(options, [.. hosted], cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Takes no more requests, ends those under way, and commits their exposures. Safe to call twice.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        foreach (ExposureLog log in _logs)
        {
            await log.DisposeAsync();
        }

        _tables.ForEach(t => t.Dispose());
    }

    private async Task<HostedEndpoint> HostAsync(
        EngineSession session, Product product, TimeProvider clock, CancellationToken cancellationToken)
    {
        EndpointDefinition definition = ModelDetails.Of(product)!.Endpoint!;
        var keys = KeyFile.Of(session.Home.Folder, definition.Name);
        ExposureTables tables = new(
            FolderOf(session, product, "exposure"), FolderOf(session, product, "feedback"), session.Engine,
            new IdSource(clock, Random.Shared), clock);
        _tables.Add(tables);
        ExposureLog log = await ExposureLog.OpenAsync(
            tables,
            new()
            {
                Folder = Path.Combine(
                    session.Home.Folder, session.Options.Target.Name, "exposures", definition.Name),
                Clock = clock,
            },
            cancellationToken);
        _logs.Add(log);
        RecommenderEndpoint endpoint = new(
            definition.Name, await keys.ReadOrCreateAsync(), new LakeAccounts(session, product), log,
            new Holdout(definition.HoldoutSalt, definition.HoldoutShare).Contains,
            new()
            {
                Timeout = TimeSpan.FromSeconds(definition.TimeoutSeconds),

                // As many again as are answered at once may wait.
                ConcurrencyMax = 2 * definition.ConcurrentRequests,
            });
        return new(endpoint, new RegistryDeployments(session, product), keys);
    }

    private static string FolderOf(EngineSession session, Product product, string table)
    {
        CatalogTable entry = session.Catalog.Get(RegistryStore.NameOf(product, table));
        return session.Lake.TableFolder(entry.Name, entry.Layer);
    }
}
