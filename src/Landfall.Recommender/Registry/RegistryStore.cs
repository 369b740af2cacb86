using Landfall.Delta;
using Landfall.Delta.Commits;
using Landfall.Engine;
using Landfall.Engine.Build;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Ledgers;
using Landfall.Estate;
using Landfall.Estate.Products;
using Landfall.Recommender.Packages;

namespace Landfall.Recommender.Registry;

/// <summary>The registry of a model in the lake: read at its newest, and given aliases. For concurrent use.</summary>
public sealed class RegistryStore
{
    private readonly EngineSession _session;
    private readonly CatalogTable _table;

    /// <summary>Opens the registry; reads nothing.</summary>
    /// <param name="session">The open estate.</param>
    /// <param name="product">The product of the model.</param>
    public RegistryStore(EngineSession session, Product product)
    {
        _session = session;
        _table = session.Catalog.Get(NameOf(product, "model"));
    }

    /// <summary>The SQL name of a table of a product.</summary>
    public static TableName NameOf(Product product, string table) =>
        new(TableName.SqlName(product.Zone), product.SqlName, table);

    /// <summary>Reads the registry; empty where the model was never trained.</summary>
    public async Task<ModelRegistry> ReadAsync(CancellationToken cancellationToken)
    {
        using LedgerTable ledger = Open();
        Snapshot? snapshot = await ledger.Delta.TryLoadAsync(null, cancellationToken);
        return snapshot is null ? ModelRegistry.Empty : Read(ledger, snapshot, cancellationToken);
    }

    /// <summary>Loads the model of a version.</summary>
    /// <exception cref="LandfallException"><c>LF4404</c>: its file cannot be used.</exception>
    public ModelPackage Load(ModelVersion version) => PackageFile.Read(
        Path.Combine(ComputeStep.ArtifactFolder(_session.Lake, _table), version.Artifact), version.Sha256);

    /// <summary>Gives an alias to a version, in one commit.</summary>
    /// <param name="alias"><c>champion</c> or <c>challenger</c>.</param>
    /// <param name="choose">
    /// Chooses the version from the registry as it is; called again where another writer came first.
    /// </param>
    /// <param name="reason">Why; one phrase.</param>
    /// <param name="cancellationToken">Ends the work before the commit.</param>
    /// <returns>The version, and the table's version; the latter is −1 where the alias was there already.</returns>
    /// <exception cref="LandfallException">
    /// <c>LF4406</c>: there is no such version. <c>LF4407</c>: it does not meet the promotion criteria. <c>LF4010</c>:
    /// other writers kept coming first.
    /// </exception>
    public async Task<(ModelVersion Version, long Committed)> GiveAsync(
        string alias, Func<ModelRegistry, ModelVersion> choose, string reason, CancellationToken cancellationToken)
    {
        using LedgerTable ledger = Open();
        CommitRetry retry = new(_session.Options.Clock);
        while (true)
        {
            Snapshot? snapshot = await ledger.Delta.TryLoadAsync(null, cancellationToken);
            ModelRegistry registry = snapshot is null ? ModelRegistry.Empty : Read(ledger, snapshot, cancellationToken);
            ModelVersion version = choose(registry);
            if (registry.Find(alias)?.Version == version.Version)
            {
                return (version, -1);
            }

            RequirePassed(alias, version);
            object?[] row = RegistryRows.AliasOf(alias, version.Version, reason, _session.Options.Clock.GetUtcNow());
            Transaction transaction = ledger.Begin(
                snapshot, ledger.Write([row], $"alias-{Guid.NewGuid():N}", cancellationToken));
            transaction.ReadWholeTable();

            CommitResult ended = await retry.CommitAsync(transaction, cancellationToken);
            if (ended is Committed committed)
            {
                return (version, committed.Version);
            }

            if (!await retry.AgainAsync(ended, cancellationToken))
            {
                throw new LandfallException(
                    "LF4010",
                    $"Other writers kept coming first at {_table.Name}. {retry.Obstacle} The alias is as they left it. "
                    + "Run the command again.");
            }
        }
    }

    private static void RequirePassed(string alias, ModelVersion version)
    {
        if (alias == ModelRegistry.Champion && !version.Passed)
        {
            throw new LandfallException(
                "LF4407",
                $"Version {version.Version} does not meet the promotion criteria: {version.PromotionReason}. The "
                + "champion is as it was. Make it the challenger instead: landfall recommender promote "
                + $"{version.Version} --alias challenger");
        }
    }

    private ModelRegistry Read(
        LedgerTable ledger, Snapshot snapshot, CancellationToken cancellationToken)
    {
        PinnedTable table = PinnedTable.Of(_table.Name, ledger.Folder, snapshot);
        using IRows rows = _session.Engine.Read(
            new(table, ModelRegistry.ColumnsIn(snapshot.Metadata.Schema)), cancellationToken);
        return ModelRegistry.Of(rows.Rows());
    }

    private LedgerTable Open() => new(
        _table.Name, _session.Open(_table), _session.Lake.TableFolder(_table.Name, _table.Layer),
        ContractSchema.Of(_table.Table), _session.Engine, _session.Options.Clock);
}
