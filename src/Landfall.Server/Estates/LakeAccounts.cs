using System.Collections.Frozen;
using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine;
using Landfall.Engine.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Lakes;
using Landfall.Estate.Products;
using Landfall.Recommender.Definitions;
using Landfall.Recommender.Registry;
using Landfall.Recommender.Tasks;
using Landfall.Server.Accounts;

namespace Landfall.Server.Estates;

/// <summary>
/// What accounts use by the product's tables of interactions and accounts, all of it in memory: some hundred bytes an
/// account. One caller refreshes at a time.
/// </summary>
/// <param name="session">The open estate.</param>
/// <param name="product">A product with a model.</param>
internal sealed class LakeAccounts(EngineSession session, Product product) : IAccountBaskets
{
    private readonly CatalogTable _interactions =
        session.Catalog.Get(RegistryStore.NameOf(product, ModelDetails.Of(product)!.Model.Interactions));

    private readonly CatalogTable _accounts =
        session.Catalog.Get(RegistryStore.NameOf(product, ModelDetails.Of(product)!.Model.Accounts));

    private Snapshot? _interactionsRead;
    private Snapshot? _accountsRead;
    private FrozenDictionary<string, AccountBasket> _baskets = FrozenDictionary<string, AccountBasket>.Empty;

    /// <inheritdoc/>
    public AccountBasket? Find(string accountId) => Volatile.Read(ref _baskets).GetValueOrDefault(accountId);

    /// <inheritdoc/>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        Snapshot? interactions = await NewestAsync(_interactions, _interactionsRead, cancellationToken);
        Snapshot? accounts = await NewestAsync(_accounts, _accountsRead, cancellationToken);
        if (ReferenceEquals(interactions, _interactionsRead) && ReferenceEquals(accounts, _accountsRead))
        {
            return;
        }

        Volatile.Write(ref _baskets, Read(interactions, accounts, cancellationToken));
        (_interactionsRead, _accountsRead) = (interactions, accounts);
    }

    private async Task<Snapshot?> NewestAsync(
        CatalogTable table, Snapshot? known, CancellationToken cancellationToken) => known is null
        ? await session.Open(table).TryLoadAsync(null, cancellationToken)
        : await session.Open(table).UpdateAsync(known, cancellationToken);

    private FrozenDictionary<string, AccountBasket> Read(
        Snapshot? interactions, Snapshot? accounts, CancellationToken cancellationToken)
    {
        using DuckDbDatabase database = Databases.Large();
        using DuckDbConnection connection = database.Connect();
        Dictionary<string, AccountBasket> baskets = new(StringComparer.Ordinal);
        if (accounts is not null)
        {
            foreach (object?[] row in connection.Collect(
                Baskets.Customers(Select(_accounts, accounts)), cancellationToken))
            {
                baskets[(string)row[0]!] = new((string?)row[1], []);
            }
        }

        if (interactions is not null)
        {
            Dictionary<string, string> services = new(StringComparer.Ordinal);
            foreach (object?[] row in connection.Collect(
                Baskets.Sql(Select(_interactions, interactions)), cancellationToken))
            {
                string account = (string)row[0]!;
                baskets[account] = new(
                    baskets.GetValueOrDefault(account)?.CustomerId,
                    [.. ((object?[])row[1]!).Select(s => Shared(services, (string)s!))]);
            }
        }

        return baskets.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private string Select(CatalogTable table, Snapshot snapshot) => DeltaScan.Sql(
        session.Lake.TableFolder(table.Name, table.Layer), snapshot.Metadata.Schema, snapshot.Files);

    /// <summary>One string for all accounts that use a service.</summary>
    private static string Shared(Dictionary<string, string> services, string service)
    {
        if (services.TryGetValue(service, out string? shared))
        {
            return shared;
        }

        services.Add(service, service);
        return service;
    }
}
