using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Delta.Commits;
using Landfall.DuckDb;
using Landfall.Engine;
using Landfall.Engine.Build;
using Landfall.Engine.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Lakes;
using Landfall.Engine.Planning;
using Landfall.Estate;
using Landfall.Estate.Products;
using Landfall.Recommender.Packages;
using Landfall.Recommender.Tasks;

namespace Landfall.Recommender.Registry;

/// <summary>The registry of a model in the lake: read at its newest, and given aliases. For concurrent use.</summary>
/// <param name="session">The open estate.</param>
/// <param name="product">The product of the model.</param>
public sealed class RegistryStore(EngineSession session, Product product)
{
    private readonly CatalogTable _table = session.Catalog.Get(NameOf(product, "model"));

    /// <summary>The SQL name of a table of a product.</summary>
    public static TableName NameOf(Product product, string table) =>
        new(TableName.SqlName(product.Zone), product.SqlName, table);

    /// <summary>Reads the registry; empty where the model was never trained.</summary>
    public async Task<ModelRegistry> ReadAsync(CancellationToken cancellationToken)
    {
        Snapshot? snapshot = await session.Open(_table).TryLoadAsync(null, cancellationToken);
        return snapshot is null ? ModelRegistry.Empty : Read(snapshot, cancellationToken);
    }

    /// <summary>Loads the model of a version.</summary>
    /// <exception cref="LandfallException"><c>LF4404</c>: its file cannot be used.</exception>
    public ModelPackage Load(ModelVersion version) => PackageFile.Read(
        Path.Combine(ComputeStep.ArtifactFolder(session.Lake, _table), version.Artifact), version.Sha256);

    /// <summary>Gives an alias to a version, in one commit.</summary>
    /// <param name="alias"><c>champion</c> or <c>challenger</c>.</param>
    /// <param name="choose">
    /// Chooses the version from the registry as it is; called again where another writer came first.
    /// </param>
    /// <param name="reason">Why; one phrase.</param>
    /// <param name="cancellationToken">Ends the work before the commit.</param>
    /// <returns>The version, and the table's version; the latter is −1 where the alias was there already.</returns>
    /// <exception cref="LandfallException">
    /// <c>LF4406</c>: there is no such version. <c>LF4407</c>: the gate refused it. <c>LF4010</c>: other writers kept
    /// coming first.
    /// </exception>
    public async Task<(ModelVersion Version, long Committed)> GiveAsync(
        string alias, Func<ModelRegistry, ModelVersion> choose, string reason, CancellationToken cancellationToken)
    {
        DeltaTable delta = session.Open(_table);
        CommitRetry retry = new(session.Options.Clock);
        while (true)
        {
            Snapshot? snapshot = await delta.TryLoadAsync(null, cancellationToken);
            ModelRegistry registry = snapshot is null ? ModelRegistry.Empty : Read(snapshot, cancellationToken);
            ModelVersion version = choose(registry);
            if (registry.Find(alias)?.Version == version.Version)
            {
                return (version, -1);
            }

            RequirePassed(alias, version);
            Transaction transaction = delta.Begin(snapshot, "WRITE");
            transaction.ReadWholeTable();
            foreach (DataFile file in Write(alias, version.Version, reason, cancellationToken))
            {
                transaction.Add(file.ToAddFile(session.Options.Clock.GetUtcNow()));
            }

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
                $"The gate refused version {version.Version}: {version.GateReason}. The champion is as it was. Make "
                + $"it the challenger instead: landfall recommender promote {version.Version} --alias challenger");
        }
    }

    private ModelRegistry Read(Snapshot snapshot, CancellationToken cancellationToken)
    {
        using DuckDbDatabase database = Databases.Small();
        using DuckDbConnection connection = database.Connect();
        string folder = session.Lake.TableFolder(_table.Name, _table.Layer);
        return ModelRegistry.Read(
            connection, DeltaScan.Sql(folder, snapshot.Metadata.Schema, snapshot.Files), cancellationToken);
    }

    private IReadOnlyList<DataFile> Write(
        string alias, int version, string reason, CancellationToken cancellationToken)
    {
        using DuckDbDatabase database = Databases.Small();
        using DuckDbConnection connection = database.Connect();
        using (RegistryRows rows = new(connection, "registry_rows", session.Options.Clock.GetUtcNow()))
        {
            rows.AddAlias(alias, version, reason);
            rows.Complete();
        }

        string folder = session.Lake.TableFolder(_table.Name, _table.Layer);
        return DataFileWriter.Write(
            connection, "select * from registry_rows", ContractSchema.Of(_table.Table), folder,
            $"alias-{Guid.NewGuid():N}", cancellationToken);
    }
}
