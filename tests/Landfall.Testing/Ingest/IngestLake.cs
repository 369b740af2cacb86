using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb;
using Landfall.Engine.DuckDb.Staging;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Engines;
using Landfall.Engine.Ingest;
using Landfall.Engine.Lakes;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Estate.Integrations;
using Landfall.Estate.Zones;
using Landfall.Sources.Files;
using Landfall.Sources.Postgres;
using Landfall.Workers;

namespace Landfall.Testing.Ingest;

/// <summary>
/// An estate of one integration over a folder of source files, with a lake of its own. Tasks run in the test's process.
/// </summary>
public sealed class IngestLake : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("landfall-ingest-");
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open();
    private readonly DuckDbLocalEngine _engine = new();
    private static readonly ImmutableArray<ISourceKind> Kinds =
        [new FilesSourceKind(), new PostgresSourceKind(new DuckDbStaging())];

    private int _step;
    private int _version;

    /// <summary>Makes the lake.</summary>
    /// <param name="table">Keys of the table in integration.yaml, for example <c>mode: append</c>.</param>
    /// <param name="properties">Properties of the contract's table, a line each.</param>
    /// <param name="threshold">The quarantine threshold.</param>
    /// <param name="source">The source; the folder of files unless given.</param>
    public IngestLake(string table, string[] properties, double threshold = 0.5,
        string source = "{ type: files, location: src }")
    {
        Directory.CreateDirectory(Source);
        Declare(table, properties, threshold, source);
        Lake = new Lake(Path.Combine(Folder, "lake"), _engine, TimeProvider.System);
    }

    /// <summary>Whether landing compares files by content.</summary>
    public bool VerifiesSources { get; set; }

    public string Folder => _home.FullName;

    public string Source => Path.Combine(Folder, "src");

    public Lake Lake { get; }

    public EstateDefinition Estate { get; private set; } = null!;

    public ImmutableDictionary<string, string> Secrets { get; set; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Commits after this many fail; stands for a process that was killed.</summary>
    public int CommitsLeft { get; set; } = int.MaxValue;

    /// <summary>Memory of the pool for workers.</summary>
    public long MemoryBytes { get; set; } = 1L << 30;

    /// <summary>Kinds of tasks that ran.</summary>
    public List<string> Tasks { get; } = [];

    /// <summary>What tasks said of how far they are.</summary>
    public List<WorkerProgress> Reports { get; } = [];

    /// <summary>Called before each task, when the step has looked at what there is.</summary>
    public Action<string> OnTask { get; set; } = _ => { };

    /// <summary>Called when a task says how far it is.</summary>
    public Action OnProgress { get; set; } = () => { };

    /// <summary>Declares the estate, also anew.</summary>
    /// <param name="table">Keys of the table in integration.yaml.</param>
    /// <param name="properties">Properties of the contract's table, a line each.</param>
    /// <param name="threshold">The quarantine threshold.</param>
    /// <param name="source">The source.</param>
    /// <param name="second">Keys of a second table, <c>u</c>, with the same properties; null for none.</param>
    public void Declare(string table, string[] properties, double threshold = 0.5,
        string source = "{ type: files, location: src }", string? second = null)
    {
        string folder = Path.Combine(Folder, "estate");
        DeclareZones();
        Write("ops/integrations/inbox/integration.yaml", $$"""
            apiVersion: landfall/v1
            kind: Integration
            id: inbox
            title: In
            owner: team
            pool: shared
            source: {{source}}
            quarantineThreshold: {{threshold}}
            tables:
              - { name: t, {{table}} }
            {{(second is null ? "" : "  - { name: u, " + second + " }")}}
            """);
        string columns = string.Join('\n', properties.Select(p => "      - { " + p + " }"));
        Write("ops/integrations/inbox/contract.odcs.yaml", $$"""
            apiVersion: v3.1.0
            kind: DataContract
            id: inbox
            version: {{++_version}}.0.0
            status: active
            schema:
              - name: t
                physicalType: table
                properties:
            {{columns}}
            {{(second is null ? "" : "  - name: u\n    physicalType: table\n    properties:\n" + columns)}}
            """);
        EstateLoadResult result = EstateLoader.Load(folder);
        Estate = result.Estate ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    private void DeclareZones()
    {
        TestManifests.WriteHead(
            Path.Combine(Folder, "estate"), "{ src: src }", "[{ name: database, host: 127.0.0.1 }]");
        Write("ops/zone.yaml", """
            apiVersion: landfall/v1
            kind: LandingZone
            id: ops
            title: Operations
            owner: team
            costCentre: CC-1
            peers: []
            network: { range: 10.1.0.0/16 }
            tools: { engines: [duckdb], sources: [files, postgres], serving: [sql] }
            pools:
              - id: shared
                engine: duckdb
                memory: 1GiB
                threads: 2
                concurrency: 1
                timeout: 1h
                price: { cpuHour: 0.06 }
                secrets: [TEST_PASSWORD, TEST_HOST, TEST_AUTHORITY]
            roles: []
            """);
    }

    /// <summary>Writes a source file; gzip where its name ends so.</summary>
    public void Put(string name, string text, DateTimeOffset? modified = null) =>
        Put(name, Encoding.UTF8.GetBytes(text), modified);

    public void Put(string name, byte[] bytes, DateTimeOffset? modified = null)
    {
        string path = Path.Combine(Source, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, name.EndsWith(".gz", StringComparison.Ordinal)
            && !bytes.AsSpan().StartsWith<byte>([0x1f, 0x8b]) ? Gzip(bytes) : bytes);
        if (modified is { } time)
        {
            File.SetLastWriteTimeUtc(path, time.UtcDateTime);
        }
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }

    public Task<StepOutcome> LandAsync() => new LandStep(Kinds).ExecuteAsync(HostOf("_register"), default);

    public Task<StepOutcome> EnrichAsync(bool fullRefresh = false, string table = "t") =>
        new EnrichStep().ExecuteAsync(HostOf(table, fullRefresh), default);

    public async Task<StepOutcome> RunAsync()
    {
        await LandAsync();
        return await EnrichAsync();
    }

    /// <summary>Rows of the table, or of another one of the integration, as texts.</summary>
    public async Task<string[]> RowsAsync(string columns = "*", string table = "t")
    {
        (Snapshot? snapshot, string folder, TableSchema schema) = await OpenAsync(table);
        if (snapshot is null)
        {
            return [];
        }

        string[] names = columns == "*"
            ? [.. schema.Fields.Select(f => f.Name).Where(n => !n.StartsWith('_'))]
            : columns.Split(", ");
        string text = string.Join(" || ', ' || ", names.Select(n => $"coalesce(cast({n} as varchar), 'NULL')"));
        using DuckDbConnection connection = _database.Connect();
        connection.Execute("set TimeZone = 'UTC'");
        using DuckDbResult result = connection.Query(
            $"select replace({text}, chr(10), '\\n') from ({DeltaScan.Sql(folder, schema, snapshot.Files)}) order "
                + "by 1");
        return [.. result.Rows().Select(r => (string)r[0]!)];
    }

    /// <summary>Rows of the table's quarantine as texts.</summary>
    public Task<string[]> QuarantineAsync(string columns = "_batch, _source") => RowsAsync(columns, "t__quarantine");

    public async Task<long> VersionAsync(string table = "t") => (await OpenAsync(table)).Snapshot?.Version ?? -1;

    public async Task<Register> RegisterAsync() =>
        await Register.LoadAsync(Lake, "ops", "inbox", default);

    public IStepHost HostOf(string table, bool fullRefresh = false)
    {
        Zone zone = Estate.Zones.Single();
        Integration integration = zone.Integrations.Single();
        return new IngestHost
        {
            Estate = Estate,
            Node = new()
            {
                Key = "ops.inbox." + table,
                Kind = table == "_register" ? StepKind.Land : StepKind.Enrich,
                Zone = zone,
                Pool = zone.Pools.Single(),
                Integration = integration,
                Table = new("ops", "inbox", table),
            },
            Catalog = new EstateCatalog(Estate),
            Lake = Lake,
            Locations = new Dictionary<string, string> { ["src"] = Source },
            StepId = $"s{++_step}",
            FullRefresh = fullRefresh,
            VerifiesSources = VerifiesSources,
            Worker = RunWorkerAsync,
            Commit = CommitAsync,
        };
    }

    public void Dispose()
    {
        _engine.Dispose();
        _database.Dispose();
        _home.Delete(recursive: true);
    }

    private async Task<JsonNode> RunWorkerAsync(WorkerTask task, CancellationToken cancellationToken)
    {
        Tasks.Add(task.Kind);
        OnTask(task.Kind);
        IWorkerTask worker = Kinds.SelectMany(k => k.Tasks).Concat(EngineCalls.TasksOf(new DuckDbBuildEngine()))
            .Single(t => t.Kind == task.Kind);
        foreach (string folder in task.Writes)
        {
            Directory.CreateDirectory(folder);
        }

        DirectoryInfo scratch = Directory.CreateDirectory(Path.Combine(Folder,
            "scratch", Guid.NewGuid().ToString("N")));
        WorkerRequest request = new()
        {
            Kind = task.Kind, Payload = task.Payload, MemoryBytes = MemoryBytes,
                Threads = 2, Timeout = TimeSpan.FromHours(1),
            Secrets = Secrets,
        };
        using JsonDocument payload = JsonDocument.Parse(task.Payload.ToJsonString());
        return await worker.RunAsync(payload.RootElement, new WorkerContext(request, scratch.FullName, Note),
            cancellationToken);
    }

    private void Note(WorkerProgress progress)
    {
        if (progress.Begins is null)
        {
            Reports.Add(progress);
            OnProgress();
        }
    }

    private async Task<long> CommitAsync(
        TableName table, DeltaTable delta, Transaction transaction,
            JsonObject details, CancellationToken cancellationToken)
    {
        if (CommitsLeft-- <= 0)
        {
            CommitsLeft = int.MaxValue;
            throw new OperationCanceledException("killed");
        }

        transaction.SetTransaction(table.ToString(), (transaction.ReadSnapshot?.Version ?? -1) + 2);
        transaction.SetInfo("landfall", details);
        return ((Committed)await transaction.CommitAsync(cancellationToken)).Version;
    }

    private async Task<(Snapshot? Snapshot, string Folder, TableSchema Schema)> OpenAsync(string table)
    {
        CatalogTable entry = new EstateCatalog(Estate).Get(new("ops", "inbox", table));
        string folder = Lake.TableFolder(entry.Name, entry.Layer);
        return (await Lake.Open(folder).TryLoadAsync(null, default), folder, ContractSchema.Of(entry.Table));
    }

    private void Write(string name, string text) =>
        TestManifests.Write(Path.Combine(Folder, "estate"), name, text);
}
