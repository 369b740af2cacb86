using System.Collections.Concurrent;
using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Lakes;
using Landfall.Engine.Ledgers;
using Landfall.Engine.Running;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Workers;

namespace Landfall.Engine;

/// <summary>
/// An open estate on one target: its catalogue, its lake and the engine instance that reads and writes small things.
/// Safe for concurrent use; dispose it at the end.
/// </summary>
public sealed class EngineSession : IDisposable
{
    private readonly ConcurrentDictionary<string, LedgerTable> _platform = new();

    /// <summary>Opens a session; reads nothing yet.</summary>
    public EngineSession(EngineOptions options)
    {
        Options = options;
        Catalog = new EstateCatalog(options.Estate);
        Vault = new SecretVault(options.Home);
        Ids = new IdSource(options.Clock, Random.Shared);
        Launcher = new WorkerLauncher(options.Worker, options.Clock, options.Home.Scratch);
        Probe = new ProbeWorkers(options.Estate, Launcher, Vault);
        Locations = ResolveLocations(options);
        Lake = LakeAt(options.Home.LakeRoot(options.Target));
    }

    /// <summary>What the session was opened with.</summary>
    public EngineOptions Options { get; }

    /// <summary>The estate.</summary>
    public EstateDefinition Estate => Options.Estate;

    /// <summary>Where state is kept.</summary>
    public LandfallHome Home => Options.Home;

    /// <summary>Every declared table.</summary>
    public EstateCatalog Catalog { get; }

    /// <summary>The lake.</summary>
    public Lake Lake { get; }

    /// <summary>Folders or files of file sources by location name; absolute.</summary>
    public ImmutableDictionary<string, string> Locations { get; }

    /// <summary>Parses SQL, and reads and writes small tables; closed with the session.</summary>
    public ILocalEngine Engine => Options.Engine;

    internal SecretVault Vault { get; }

    internal IdSource Ids { get; }

    internal WorkerLauncher Launcher { get; }

    internal ProbeWorkers Probe { get; }

    internal TimeProvider Clock => Options.Clock;

    /// <summary>Opens the Delta table of a catalogue entry; it need not exist yet.</summary>
    public DeltaTable Open(CatalogTable table) => Lake.Open(Lake.TableFolder(table.Name, table.Layer));

    /// <summary>A version of a table of the catalogue, the newest by default; null where it has none yet.</summary>
    public async Task<PinnedTable?> PinAsync(CatalogTable table, long? version, CancellationToken cancellationToken) =>
        await Open(table).TryLoadAsync(version, cancellationToken) is { } snapshot
            ? PinnedTable.Of(table.Name, Lake.TableFolder(table.Name, table.Layer), snapshot)
            : null;

    /// <summary>Closes the engine instance and its connections.</summary>
    public void Dispose()
    {
        foreach (LedgerTable table in _platform.Values)
        {
            table.Dispose();
        }

        Engine.Dispose();
    }

    /// <summary>A lake at another place, read and written by the same engine instance.</summary>
    internal Lake LakeAt(string root) => new(root, Engine, Clock);

    /// <summary>A table of the management zone; see <see cref="PlatformTables"/>.</summary>
    internal LedgerTable Platform(ContractTable table) => _platform.GetOrAdd(table.Name, n =>
    {
        CatalogTable entry = Catalog.Get(
            new(TableName.SqlName(Estate.Management.Id), PlatformTables.Unit, n));
        return new LedgerTable(
            entry.Name, Open(entry), Lake.TableFolder(entry.Name, entry.Layer), ContractSchema.Of(entry.Table), Engine,
            Clock);
    });

    private static ImmutableDictionary<string, string> ResolveLocations(EngineOptions options) =>
        options.Target.Locations
            .ToImmutableDictionary(l => l.Key, l => options.Home.Resolve(l.Value))
            .SetItems(options.Locations);
}
