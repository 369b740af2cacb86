using System.Globalization;
using System.Text;
using Landfall.Delta;
using Landfall.Delta.Maintenance;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Posix;

namespace Landfall.Testing.Delta.Simulation;

/// <summary>
/// Three writers and a reader on one table of a simulated disk, with failing calls, kills and power cuts; after each
/// cut the oracle looks at what is left, and the writers go on. One seed, one run.
/// </summary>
public sealed class SimulatedRun
{
    private const string Table = "/lake/t";
    private const int CallsMin = 300;
    private const int Writers = 3;

    private static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    private readonly Random _random;
    private readonly Weakness _weakness;
    private readonly SimulatedWorld _world;
    private readonly SimulatedDisk _disk;
    private readonly SimulatedBatchFiles _files;
    private readonly HashSet<long> _acknowledged = [];
    private readonly SortedDictionary<long, string> _versions = [];
    private readonly List<string> _violations = [];
    private bool _ending;

    public SimulatedRun(int seed, Weakness weakness = Weakness.None)
    {
        _random = new(seed);
        _weakness = weakness;
        _world = new(_random);
        _disk = new(_world);
        _files = new(_disk, Table);
    }

    /// <summary>Calls that the disk took.</summary>
    public int CallsMade => _world.Calls;

    /// <summary>A hash of every call in order, equal for equal seeds.</summary>
    public ulong Trace => _world.Trace;

    /// <summary>Power cuts.</summary>
    public int Cuts { get; private set; }

    /// <summary>Files that vacuum deleted.</summary>
    public int Vacuumed { get; private set; }

    /// <summary>Versions that the table has in the end.</summary>
    public long Versions { get; private set; }

    /// <summary>Runs; every broken promise, empty where all were kept.</summary>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        double faults = _random.Next(4) * 0.02;
        _disk.Fault = kind => _world.IsRunning && kind is not ("exists" or "list") && _random.NextDouble() < faults
            ? _random.Next(2) == 0 ? 5 : 28
            : 0;
        _world.KillShare = _random.Next(3) * 0.005;
        while (CallsMade < CallsMin && _violations.Count == 0)
        {
            Start();
            _world.Run(cutAt: _random.Next(1, 150));
            _disk.CutPower(_random);
            Cuts++;
            await CheckAsync();

            // No writer is at work for longer than vacuum waits: the days pass while the machine is off.
            _world.Sleep(TimeSpan.FromDays(_random.Next(6)));
        }

        // In the end the machine stays on, and everybody finishes.
        if (_violations.Count == 0)
        {
            (faults, _world.KillShare, _ending) = (0, 0, true);
            Start();
            _world.Run(cutAt: 0);
            await CheckAsync();
        }

        return _violations;
    }

    private void Start()
    {
        for (int writer = 0; writer < Writers; writer++)
        {
            int number = writer;
            _world.Start(() => WriteAsync(number));
        }

        _world.Start(ReadAsync);
        _world.Start(VacuumAsync);
    }

    /// <summary>Calls of a process of its own, which knows nothing of what others made durable.</summary>
    private IStorageCalls Calls() =>
        _weakness == Weakness.Renames ? new RenamingCalls(_disk) : new WeakCalls(_disk, _weakness);

    private DeltaTable Open(IStorageCalls calls)
    {
        var log = new SimulatedLog(_world, Table, calls);
        return new(
            _weakness == Weakness.TrustsWhatItFinds ? new TrustingLog(log) : log,
            new SimulatedParquetIo(_world, Table + "/_delta_log", calls)
            {
                IsPartial = _weakness == Weakness.PartialCheckpoint,
            },
            _world, new Random(_random.Next()));
    }

    private async Task WriteAsync(int writer)
    {
        IStorageCalls calls = Calls();
        DeltaTable delta = Open(calls);
        string app = SimulatedBatchFiles.AppOf(writer);
        for (int turn = 0; !_ending || turn < 2; turn++)
        {
            await _world.Turn();
            try
            {
                Snapshot? snapshot = await delta.TryLoadAsync(null, CancellationToken.None);
                await _world.Turn();
                long last = snapshot?.TransactionVersion(app) ?? -1;
                if (snapshot?.Files.Length > 3 && _random.Next(6) == 0)
                {
                    await JoinAsync(calls, delta, snapshot, $"join-{writer}-{_world.Calls}");
                }
                else
                {
                    await AppendAsync(
                        calls, delta, snapshot, app, Math.Max(last + 1, SimulatedBatchFiles.BatchOf(writer, 0)));
                }
            }
            catch (StorageException)
            {
                // As a process that ends with an error and is started again.
            }
        }
    }

    private async Task AppendAsync(
        IStorageCalls calls, DeltaTable delta, Snapshot? snapshot, string app, long batch)
    {
        string step = string.Create(CultureInfo.InvariantCulture, $"{batch}-{_world.Calls}");
        Transaction transaction = delta.Begin(snapshot, "WRITE");
        if (snapshot is null)
        {
            transaction.SetSchema(IngestRows.Schema, []);
            transaction.SetProperty("delta.checkpointInterval", "3");
            transaction.SetProperty("delta.logRetentionDuration", "interval 4 days");
        }

        AddFile file = WriteFile(calls, step, SimulatedBatchFiles.Content(batch));
        await _world.Turn();
        if (_weakness != Weakness.CommitsBeforeData)
        {
            MakeDurable(calls, file);
        }

        transaction.Add(file);
        transaction.SetTransaction(app, batch);
        if (_weakness == Weakness.AcknowledgesFirst)
        {
            _acknowledged.Add(batch);
        }

        if (await CommitAsync(transaction))
        {
            _acknowledged.Add(batch);
        }

        if (_weakness == Weakness.CommitsBeforeData)
        {
            MakeDurable(calls, file);
        }
    }

    /// <summary>Joins files as optimize does.</summary>
    private async Task JoinAsync(IStorageCalls calls, DeltaTable delta, Snapshot snapshot, string step)
    {
        AddFile[] small = [.. snapshot.Files.OrderBy(f => f.Size).ThenBy(f => f.Path).Take(3)];
        if (small.Select(_files.Problem).FirstOrDefault(p => p is not null) is { } problem)
        {
            _violations.Add($"a writer finds that a file {problem}");
            return;
        }

        Transaction transaction = delta.Begin(snapshot, "OPTIMIZE");
        transaction.Isolation = IsolationLevel.SnapshotIsolation;
        AddFile joined = WriteFile(calls, step, string.Concat(small.Select(_files.Read))) with { DataChange = false };
        await _world.Turn();
        MakeDurable(calls, joined);
        Array.ForEach(small, f => transaction.Remove(f, dataChange: false));
        transaction.Add(joined);
        _ = await CommitAsync(transaction);
    }

    /// <summary>Commits, sometimes again after storage failed, as the same transaction.</summary>
    private async Task<bool> CommitAsync(Transaction transaction)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                CommitResult result = await transaction.CommitAsync(CancellationToken.None);
                if (result is Committed committed)
                {
                    _versions[committed.Version] = Text(committed.Snapshot);
                }

                if (result is not Retryable)
                {
                    return result is Committed;
                }
            }
            catch (StorageException) when (attempt < 3 && _random.Next(2) == 0)
            {
                await _world.Turn();
            }
        }
    }

    private AddFile WriteFile(IStorageCalls calls, string step, string content)
    {
        DurableFiles.CreateFolder(calls, $"{Table}/{step}");
        calls.Write($"{Table}/{step}/part-0.parquet", Encoding.UTF8.GetBytes(content)).Dispose();
        return new()
        {
            Path = $"{step}/part-0.parquet",
            Size = content.Length,
            ModificationTime = _world.Now.ToUnixTimeMilliseconds(),
            Statistics = FileStatistics.Of($$"""{"numRecords":{{content.Count(c => c == '\n')}}}"""),
        };
    }

    private static void MakeDurable(IStorageCalls calls, AddFile file) =>
        DurableFiles.MakeDurable(calls, [$"{Table}/{file.Path}"], Path.GetDirectoryName($"{Table}/{file.Path}")!);

    /// <summary>Versions never go back, and what a version names is there.</summary>
    private async Task ReadAsync()
    {
        DeltaTable delta = Open(Calls());
        long seen = -1;
        for (int turn = 0; !_ending || turn < 2; turn++)
        {
            await _world.Turn();
            Snapshot? snapshot = await TryLoadAsync(delta);
            await _world.Turn();
            if (snapshot is null)
            {
                continue;
            }

            Require(snapshot.Version >= seen, $"a reader saw version {seen}, then {snapshot.Version}");
            seen = snapshot.Version;
            foreach (AddFile file in snapshot.Files)
            {
                Require(_files.Problem(file) is not { } problem, $"a reader finds that {file.Path} is not as it was");
            }
        }
    }

    /// <summary>
    /// Deletes by the product's rules, as the product's vacuum does. I9: nothing that a version names, and nothing
    /// that a writer is about to commit.
    /// </summary>
    private async Task VacuumAsync()
    {
        IStorageCalls calls = Calls();
        DeltaTable delta = Open(calls);
        for (int turn = 0; !_ending || turn < 1; turn++)
        {
            await _world.Turn();
            if (await TryLoadAsync(delta) is not { } snapshot)
            {
                continue;
            }

            await _world.Turn();
            VacuumRules rules = new(snapshot, Table, _world.Now - Retention);
            foreach (string path in _disk.FilesUnder(Table).Where(f => VacuumRules.Enters(FolderOf(f))))
            {
                if (_disk.Modified($"{Table}/{path}") is { } modified && rules.MayGo(path, modified))
                {
                    try
                    {
                        calls.Unlink($"{Table}/{path}");
                        Vacuumed++;
                    }
                    catch (StorageException)
                    {
                        // The next time.
                    }
                }
            }
        }
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(path)!;

    private async Task<Snapshot?> TryLoadAsync(DeltaTable delta)
    {
        try
        {
            return await delta.TryLoadAsync(null, CancellationToken.None);
        }
        catch (LandfallException e)
        {
            _violations.Add($"a reader fails: {e.Message}");
            return null;
        }
    }

    private async Task CheckAsync()
    {
        if (_world.Failure is { } failure)
        {
            _violations.Add($"a process failed: {failure}");
            return;
        }

        var log = new PosixLogStore(Table, _disk);
        var oracle = new TableOracle(log, _ => new SimulatedParquetIo(_world, Table + "/_delta_log", _disk), _files)
        {
            MayBeCleaned = true,
        };
        _violations.AddRange(await oracle.CheckAsync(_acknowledged, SimulatedBatchFiles.RowsPerBatch));
        if (_violations.Count > 0 || await oracle.Table.TryLoadAsync(null, CancellationToken.None) is not { } newest)
        {
            Require(_versions.Count == 0 || _violations.Count > 0, "acknowledged versions are gone with their table");
            return;
        }

        // What was acknowledged is as it was; of the rest, what is there now stays.
        Require(_versions.Count == 0 || newest.Version >= _versions.Keys.Max(), "an acknowledged version is missing");
        if (_versions.Count > 0 && _violations.Count == 0)
        {
            (long version, string text) = _versions.Last();
            Snapshot? again = await oracle.Table.TryLoadAsync(version, CancellationToken.None);
            Require(again is not null && Text(again) == text, $"version {version} is not what was acknowledged");
        }

        _versions[newest.Version] = Text(newest);
        _acknowledged.UnionWith(_files.Batches(newest).Select(b => b.Batch));
        Versions = newest.Version + 1;
    }

    /// <summary>Tombstones are forgotten with time.</summary>
    private static string Text(Snapshot snapshot) => SnapshotText.WithoutTombstones(snapshot);

    private void Require(bool condition, string violation)
    {
        if (!condition)
        {
            _violations.Add(violation);
        }
    }
}
