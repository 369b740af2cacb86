using System.Collections.Immutable;
using System.Diagnostics;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Engine;
using Landfall.Engine.Analysis;
using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Lakes;
using Landfall.Engine.Planning;
using Landfall.Engine.Publishing;
using Landfall.Engine.Running;
using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Testing;
using Landfall.Workers;

namespace Landfall.Cli.Tests.Estates;

/// <summary>
/// A home with an estate and the files of its sources beside it, which a test writes and changes. Runs go through the
/// engine in the test's process, with worker processes, or through the program.
/// </summary>
internal sealed class SmallEstate : IDisposable
{
    /// <summary>The program's own workers.</summary>
    public static readonly WorkerCommand Workers = WorkerOf("Landfall.Cli.dll", WorkerCommand.Argument);

    /// <summary>Workers that forget the rows that an input lost; for negative controls.</summary>
    public static readonly WorkerCommand ForgetfulWorkers = WorkerOf("Landfall.Engine.WorkerHost.dll", "forgetful");

    /// <summary>Workers that a file whose name has <c>crash</c> takes with it.</summary>
    public static readonly WorkerCommand CrashingWorkers = WorkerOf("Landfall.Engine.WorkerHost.dll", "crashing");

    private readonly TemporaryFolder _folder = new();

    /// <summary>Makes an empty home.</summary>
    public SmallEstate() => Directory.CreateDirectory(Path.Combine(Folder, "src"));

    /// <summary>Which workers run the steps.</summary>
    public WorkerCommand Worker { get; init; } = Workers;

    /// <summary>What publishes; null where nothing is.</summary>
    public IPublisher? Publisher { get; set; }

    public string Folder => _folder.Path;

    public string EstateFolder => Path.Combine(Folder, "estate");

    public string Lake => Path.Combine(Folder, "local", "lake");

    /// <summary>A copy: estate, sources and lake; without the lake it is a fresh home.</summary>
    public SmallEstate Copy(bool withLake, WorkerCommand? worker = null)
    {
        SmallEstate copy = new() { Worker = worker ?? Workers };
        EstateCopy.Whole(EstateFolder, copy.EstateFolder);
        EstateCopy.Whole(Path.Combine(Folder, "src"), Path.Combine(copy.Folder, "src"));
        if (withLake)
        {
            EstateCopy.Whole(Lake, copy.Lake);
        }

        return copy;
    }

    /// <summary>A fresh home that has landed what this one has, and nothing else.</summary>
    public SmallEstate CopyWithRaw()
    {
        SmallEstate copy = Copy(withLake: false);
        foreach (string zone in Directory.GetDirectories(Lake))
        {
            string raw = Path.Combine(zone, "raw");
            if (Directory.Exists(raw))
            {
                EstateCopy.Whole(raw, Path.Combine(copy.Lake, Path.GetFileName(zone), "raw"));
            }
        }

        return copy;
    }

    /// <summary>Writes a file of the estate.</summary>
    public void Write(string name, string text) => _folder.Write(Path.Combine("estate", name), text);

    /// <summary>Writes a source file.</summary>
    public void Put(string name, string text) => _folder.Write(Path.Combine("src", name), text);

    /// <summary>Changes a text that a file of the estate must have.</summary>
    public void Change(string name, string from, string to)
    {
        string text = File.ReadAllText(Path.Combine(EstateFolder, name));
        Assert.Contains(from, text, StringComparison.Ordinal);
        Write(name, text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>Runs a command of the program in this home.</summary>
    public Task<CliResult> TryAsync(params string[] arguments) =>
        CliProgram.RunAsync([.. arguments, "--home", Folder, "--estate", EstateFolder]);

    /// <summary>Starts a run of the program; it ends by itself, or is killed.</summary>
    public Process Start()
    {
        ProcessStartInfo start = new(
            Workers.File,
            [Workers.Arguments[0], "run", "--home", Folder, "--estate", EstateFolder])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["LANDFALL_ROOT"] = Repository.Root;
        Process process = Process.Start(start)!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Starts a run and kills it a while later, wherever it is then; false where it had ended.</summary>
    public async Task<bool> KillRunAsync(TimeSpan after)
    {
        using Process run = Start();

        // The moment of the kill is what is tried.
        await Task.Delay(after);
        run.Kill(entireProcessTree: false);
        await run.WaitForExitAsync();
        return run.ExitCode == RunKill.Killed;
    }

    /// <summary>Opens the estate as it is now.</summary>
    public EngineSession Open()
    {
        EstateLoadResult loaded = EstateLoader.Load(EstateFolder, Kinds.OfManifests);
        EstateDefinition estate = loaded.Estate
            ?? throw new InvalidOperationException(string.Join('\n', loaded.Diagnostics));
        return new(new EngineOptions
        {
            Estate = estate, Home = new LandfallHome(Folder), Target = estate.Targets.Single(), Worker = Worker,
            Engines = BuildEngines.Names, Sources = SourceKinds.All, Products = ProductKinds.All,
            Publisher = Publisher, Engine = BuildEngines.Local(),
        });
    }

    /// <summary>Runs everything, or what is selected.</summary>
    public Task<RunSummary> RunAsync(params string[] select) => RunAsync(new NoObserver(), select);

    /// <summary>Runs everything, or what is selected, before the eyes of an observer.</summary>
    public async Task<RunSummary> RunAsync(IRunObserver observer, params string[] select)
    {
        using EngineSession session = Open();
        EstateAnalysis analysis = EstateAnalysis.Of(session, TimeProvider.System.GetUtcNow());
        Assert.True(!analysis.HasErrors, string.Join('\n', analysis.Diagnostics));
        ImmutableArray<StepNode> steps =
            await new EstatePlanner(session, analysis).SelectAsync(select, [], CancellationToken.None);
        return await new EstateRunner(session, analysis).RunAsync(
            new RunRequest(steps, FullRefresh: false), observer, CancellationToken.None);
    }

    /// <summary>Runs everything, which must succeed or have nothing to do.</summary>
    public async Task<RunSummary> RunWellAsync(params string[] select)
    {
        RunSummary summary = await RunAsync(select);
        Assert.True(
            summary.State is RunState.Succeeded or RunState.UpToDate,
            string.Join('\n', summary.Steps.Select(s => $"{s.Step.Key}: {s.Outcome.State} {s.Outcome.Reason} "
                + s.Outcome.FailureMessage)));
        return summary;
    }

    /// <summary>
    /// Tables whose rows are not those of another home, as multisets, with how many each has that the other lacks. The
    /// number of a batch says in which run a file was landed; it is left out.
    /// </summary>
    public async Task<ImmutableArray<string>> DifferencesAsync(SmallEstate other)
    {
        using EngineSession mine = Open();
        using EngineSession theirs = other.Open();
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        var found = ImmutableArray.CreateBuilder<string>();
        foreach (CatalogTable table in mine.Catalog.Tables.Where(t => t.Kind != TableKind.Platform))
        {
            string? left = await ScanAsync(mine, table);
            string? right = await ScanAsync(theirs, table);
            if (left is null || right is null)
            {
                if (left != right && table.Kind != TableKind.Quarantine)
                {
                    found.Add($"{table.Name}: only in one");
                }

                continue;
            }

            long extra = Count(connection, left, right);
            long missing = Count(connection, right, left);
            if (extra + missing > 0)
            {
                found.Add($"{table.Name}: {extra} rows too many, {missing} missing");
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The rows of a version of a table as texts, in order; read with that version's own columns.</summary>
    public async Task<string[]> RowsAsync(string name, long? version = null)
    {
        using EngineSession session = Open();
        Assert.True(TableName.TryParse(name, out TableName parsed));
        CatalogTable table = session.Catalog.Get(parsed);
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        connection.Execute("set TimeZone = 'UTC'");
        string scan = (await ScanAsync(session, table, version))!;
        using DuckDbResult rows = connection.Query($"select cast(t as varchar) from ({scan}) t order by 1");
        return [.. rows.Rows().Select(r => (string)r[0]!)];
    }

    /// <summary>A version of a table; null where there is none.</summary>
    public async Task<Snapshot?> SnapshotAsync(string name, long? version = null)
    {
        using EngineSession session = Open();
        Assert.True(TableName.TryParse(name, out TableName parsed));
        return await session.Open(session.Catalog.Get(parsed)).TryLoadAsync(version, CancellationToken.None);
    }

    /// <summary>The newest version of a table that changed its rows; of a table left out of the estate -1.</summary>
    public async Task<long> DataVersionAsync(string name)
    {
        using EngineSession session = Open();
        Assert.True(TableName.TryParse(name, out TableName parsed));
        return session.Catalog.TryFind(parsed, out CatalogTable? table)
            ? (await session.Open(table).HistoryAsync(null, CancellationToken.None)).First(c => c.DataChange).Version
            : -1;
    }

    public void Dispose() => _folder.Dispose();

    private static WorkerCommand WorkerOf(string program, string argument) =>
        new(DotnetHost.Path, [Path.Combine(AppContext.BaseDirectory, program), argument]);

    private static async Task<string?> ScanAsync(EngineSession session, CatalogTable table, long? version = null)
    {
        Snapshot? snapshot = await session.Open(table).TryLoadAsync(version, CancellationToken.None);
        if (snapshot is null)
        {
            return null;
        }

        string scan = DeltaScan.Sql(
            session.Lake.TableFolder(table.Name, table.Layer), snapshot.Metadata.Schema, snapshot.Files);
        string[] left = table.Kind switch
        {
            TableKind.Enriched => ["_batch"],
            TableKind.Quarantine => ["_batch", "quarantined_at"],
            _ => [],
        };
        return left.Length == 0 ? scan : $"select * exclude ({string.Join(", ", left)}) from ({scan})";
    }

    private static long Count(DuckDbConnection connection, string one, string other)
    {
        using DuckDbResult result = connection.Query(
            $"select count(*) from (select * from ({one}) except all select * from ({other}))");
        return (long)result.Rows().Single()[0]!;
    }

    private sealed class NoObserver : IRunObserver
    {
        public void RunStarted(string runId, int steps)
        {
        }

        public void StepWaiting(StepNode step, string reason)
        {
        }

        public void StepStarted(StepNode step, string reason)
        {
        }

        public void StepProgressed(StepNode step, WorkerProgress progress)
        {
        }

        public void StepFinished(StepNode step, StepOutcome outcome)
        {
        }

        public void RunFinished(RunSummary summary)
        {
        }
    }
}
