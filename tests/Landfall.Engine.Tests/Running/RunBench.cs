using System.Collections.Concurrent;
using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Lakes;
using Landfall.Engine.Ledgers;
using Landfall.Engine.Running;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Testing;
using Landfall.Testing.Delta;
using Landfall.Workers;

namespace Landfall.Engine.Tests.Running;

/// <summary>
/// A home with an estate that declares no table but the management zone's, and runs of steps whose work a test gives.
/// Workers are processes, as everywhere.
/// </summary>
internal sealed class RunBench : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<EngineSession> _session;
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open();

    public RunBench() => _session = new(Open);

    public static CancellationToken None => CancellationToken.None;

    /// <summary>What bounds a wait that must not be one for ever.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public string Folder => _folder.Path;

    public string LakeRoot => Path.Combine(Folder, "local", "lake");

    public EngineSession Session => _session.Value;

    public Watcher Observer { get; } = new();

    /// <summary>A folder of a platform table.</summary>
    public string PlatformFolder(string name) => Session.Lake.TableFolder(Platform(name).Name, LakeLayer.Curated);

    public CatalogTable Platform(string name) => Session.Catalog.Get(new("management", "platform", name));

    /// <summary>Runs steps.</summary>
    public async Task<RunSummary> RunAsync(
        IEnumerable<StepNode> steps, Func<IStepHost, CancellationToken, Task<StepOutcome>> work,
        CancellationToken cancellationToken = default)
    {
        Work step = new(work);
        using RunCoordinator coordinator = new(
            Session, Enum.GetValues<StepKind>().ToDictionary(k => k, IStep (_) => step), Observer);
        return await coordinator.RunAsync(new([.. steps], false), cancellationToken);
    }

    /// <summary>Another process's view of the same home.</summary>
    public EngineSession Open()
    {
        TestManifests.WriteHead(Path.Combine(Folder, "estate"));
        EstateLoadResult loaded = EstateLoader.Load(Path.Combine(Folder, "estate"));
        EstateDefinition estate = loaded.Estate
            ?? throw new InvalidOperationException(string.Join('\n', loaded.Diagnostics));
        return new(new EngineOptions
        {
            Estate = estate, Home = new LandfallHome(Folder), Target = estate.Targets.Single(),
            Worker = WorkerBench.Command, Clock = Clock, Engines = ["duckdb"], Sources = [], Products = [],
            Engine = new DuckDbLocalEngine(),
        });
    }

    /// <summary>A step's context as the coordinator makes it, for what is tested without one.</summary>
    public StepContext ContextOf(StepNode node, string runId = "r1", string stepId = "s1")
    {
        MeterLedger meters = new(Session.Platform(PlatformTables.Meters), runId, Clock);
        RunLedger ledger = new(Session.Platform(PlatformTables.Runs), runId, Clock);
        return new()
        {
            Estate = Session.Estate, Catalog = Session.Catalog, Node = node, Lake = Session.Lake,
            Locations = Session.Locations, RunId = runId, StepId = stepId, FullRefresh = false, Clock = Clock,
            VerifiesSources = false, RetriesFailed = false,
            Pins = new ConcurrentDictionary<TableName, long>(), Progress = new Progress<WorkerProgress>(),
            Observer = Observer, Workers = new(Session.Launcher, Session.Vault, ledger, meters, TextWriter.Null),
            Committer = new(ledger, meters, Clock),
            Audit = new(Session.Platform(PlatformTables.Audit), Clock),
        };
    }

    /// <summary>A platform table whose log is another's; its files are where they always are.</summary>
    public LedgerTable PlatformOver(string name, Func<ILogStore, ILogStore> log)
    {
        string folder = PlatformFolder(name);
        CatalogTable table = Platform(name);
        DeltaTable delta = new(log(new PosixLogStore(folder)), Session.Engine.ParquetOf(folder), Clock);
        return new(table.Name, delta, folder, ContractSchema.Of(table.Table), Session.Engine, Clock);
    }

    /// <summary>The rows of a platform table as texts, in order; none where it does not exist.</summary>
    public async Task<string[]> RowsAsync(string name, string expression)
    {
        if (await Session.PinAsync(Platform(name), null, None) is not { } pinned)
        {
            return [];
        }

        using DuckDbConnection connection = _database.Connect();
        using DuckDbResult rows = connection.Query(
            $"select {expression} from ({PinnedScan.Sql(pinned)}) order by \"at\", 1");
        return [.. rows.Rows().Select(r => (string)r[0]!)];
    }

    /// <summary>Puts a file where a folder is wanted, so that nothing can be written there.</summary>
    public static void Block(string folder)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        File.WriteAllText(folder, "in the way");
    }

    /// <summary>Makes a table that nobody can read.</summary>
    public static void Damage(string tableFolder)
    {
        string log = Path.Combine(tableFolder, "_delta_log");
        Directory.CreateDirectory(log);
        File.WriteAllText(Path.Combine(log, "00000000000000000000.json"), "{}");
    }

    public void Dispose()
    {
        if (_session.IsValueCreated)
        {
            _session.Value.Dispose();
        }

        _database.Dispose();
        _folder.Dispose();
    }

    private sealed class Work(Func<IStepHost, CancellationToken, Task<StepOutcome>> work) : IStep
    {
        public Task<StepOutcome> ExecuteAsync(IStepHost host, CancellationToken cancellationToken) =>
            work(host, cancellationToken);
    }

    /// <summary>Notes what a run tells.</summary>
    internal sealed class Watcher : IRunObserver
    {
        private readonly ConcurrentQueue<string> _told = new();

        public ImmutableArray<string> Told => [.. _told];

        public string RunId { get; private set; } = "";

        public RunSummary? Summary { get; private set; }

        public Action<StepNode> OnWaiting { get; set; } = _ => { };

        public Action<StepNode> OnFinished { get; set; } = _ => { };

        public void RunStarted(string runId, int steps) => RunId = runId;

        public void StepWaiting(StepNode step, string reason)
        {
            _told.Enqueue($"{step.Key} waits {reason}");
            OnWaiting(step);
        }

        public void StepStarted(StepNode step, string reason) => _told.Enqueue($"{step.Key} starts");

        public void StepProgressed(StepNode step, WorkerProgress progress)
        {
        }

        public void StepFinished(StepNode step, StepOutcome outcome)
        {
            _told.Enqueue($"{step.Key} {outcome.State}");
            OnFinished(step);
        }

        public void RunFinished(RunSummary summary) => Summary = summary;
    }
}
