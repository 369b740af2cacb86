using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine;
using Landfall.Engine.Lakes;
using Landfall.Estate.Products;
using Landfall.Recommender.Definitions;
using Landfall.Recommender.Registry;
using Landfall.Server.Endpoints;
using Landfall.Server.Models;

namespace Landfall.Server.Estates;

/// <summary>
/// The deployments that a product declares, with the models that the registry's aliases mean now. Used by one caller
/// at a time.
/// </summary>
/// <param name="session">The open estate.</param>
/// <param name="product">A product with a model and an endpoint.</param>
internal sealed class RegistryDeployments(EngineSession session, Product product) : IDeploymentSource
{
    private readonly RegistryStore _store = new(session, product);
    private readonly CatalogTable _table = session.Catalog.Get(RegistryStore.NameOf(product, "model"));
    private readonly Dictionary<int, PackagedModel> _loaded = [];
    private Snapshot? _snapshot;
    private ImmutableArray<Deployment> _deployments = [];

    /// <inheritdoc/>
    public async Task<ImmutableArray<Deployment>> LoadAsync(CancellationToken cancellationToken)
    {
        DeltaTable table = session.Open(_table);
        Snapshot? newest = _snapshot is null
            ? await table.TryLoadAsync(null, cancellationToken)
            : await table.UpdateAsync(_snapshot, cancellationToken);
        if (newest is null || ReferenceEquals(newest, _snapshot))
        {
            return _deployments;
        }

        _deployments = DeploymentsOf(await _store.ReadAsync(cancellationToken));
        _snapshot = newest;
        return _deployments;
    }

    private ImmutableArray<Deployment> DeploymentsOf(ModelRegistry registry)
    {
        (EndpointDeployment Declared, ModelVersion? Version)[] all =
            [.. ModelDetails.Of(product)!.Endpoint!.Deployments.Select(d => (d, registry.Find(d.Model)))];
        foreach (int version in _loaded.Keys.Except(all.Select(d => d.Version?.Version ?? 0)).ToArray())
        {
            // Requests that began with it keep it alive.
            _loaded.Remove(version);
        }

        return Shares.Of([.. all.Where(d => d.Version is not null).Select(d => new Deployment(
            d.Declared.Name, ModelOf(d.Version!), d.Declared.Traffic, d.Declared.Mirror))]);
    }

    private PackagedModel ModelOf(ModelVersion version)
    {
        if (!_loaded.TryGetValue(version.Version, out PackagedModel? model))
        {
            model = new(_store.Load(version), version.Version, version.Sha256);
            _loaded.Add(version.Version, model);
        }

        return model;
    }
}
