using System.Diagnostics;
using System.Globalization;
using Landfall.DuckDb;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Posix;
using Landfall.Testing.Delta;
using Landfall.Testing.Delta.Simulation;

namespace Landfall.Engine.DuckDb.Tests.Storage;

/// <summary>
/// Ends or fails a writer at every call that it makes to the file system, in turn: data file, commit, checksum,
/// checkpoint, optimize.
/// </summary>
public sealed class FaultTests(ITestOutputHelper output) : IDisposable
{
    private const int Rows = 20;
    private const int Batches = 4;
    private const int NoSpace = 28;
    private const int InputOutput = 5;

    private readonly TemporaryFolder _folder = new();
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open();

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Writer_EndedBeforeEachCall_LeavesATableThatGoesOn()
    {
        int calls = await SweepAsync(_ => true, StopAt);
        output.WriteLine($"{calls} calls.");
        Assert.True(calls > 60, "Too few calls to be true.");
    }

    [Fact]
    public async Task Writer_WithoutSpaceAtEachWrite_SaysSoAndGoesOn()
    {
        List<string> codes = [];
        int calls = await SweepAsync(c => c.Kind is "write" or "mkdir" or "link" or "rename", number => new(call =>
        {
            if (call.Number == number)
            {
                throw new StorageException("No space left on device.", NoSpace);
            }
        }), codes);
        Assert.All(codes, c => Assert.Equal("LF4211", c));
        Assert.True(codes.Count > 10 && calls > 10);
    }

    [Fact]
    public async Task Writer_WhoseSyncFailsAtEachCall_IsNotAcknowledged()
    {
        List<string> codes = [];
        int calls = await SweepAsync(c => c.Kind is "fsync" or "fsync-folder", number => new(call =>
        {
            if (call.Number == number)
            {
                throw new StorageException("Input/output error.", InputOutput);
            }
        }), codes);
        Assert.All(codes, c => Assert.Contains(c, new[] { "LF4210", "LF4231" }));
        Assert.Contains("LF4231", codes);
        Assert.Equal(calls, codes.Count);
    }

    [Fact]
    public async Task Writer_WhoseFailingSyncIsSwallowed_IsFoundOutBySimulatedPowerCuts()
    {
        // A swallowed error is a sync that did not take place, which only a power cut shows.
        Assert.NotEmpty(await new SimulatedRun(1, Weakness.NoFileSync).RunAsync());
        Assert.Empty(await new SimulatedRun(1).RunAsync());
    }

    /// <summary>By SIGKILL, to a process of its own.</summary>
    [Fact]
    public async Task Process_KilledBeforeEachCall_LeavesATableThatGoesOn()
    {
        bool killed = true;
        for (int number = 1; killed; number++)
        {
            string table = Path.Combine(_folder.Path, $"k{number}");
            (int code, HashSet<long> acknowledged, _) = await StartAsync(
                ["ingest", table, "2", $"{Rows}", $"kill-at:{number}", "1"]);
            killed = code == 137;
            Assert.True(killed || code == 0);
            await CheckAndFinishAsync(table, acknowledged, 2, $"call {number}");
            Assert.True(killed || number > 20, "Too few calls to be true.");
        }
    }

    [StraceTheory]
    [InlineData("fsync", "signal=KILL")]
    [InlineData("link", "signal=KILL")]
    [InlineData("rename", "signal=KILL")]
    [InlineData("fsync", "error=EIO")]
    [InlineData("fsync", "error=ENOSPC")]
    public async Task Process_WithASystemCallThatKillsOrFails_KeepsEveryPromise(string call, string what)
    {
        int hits = 0;
        for (int when = 1; when <= 40; when++)
        {
            string table = Path.Combine(_folder.Path, $"s{when}");
            (int code, HashSet<long> acknowledged, string errors) = await StartAsync(
                ["ingest", table, "2", $"{Rows}", "safe", "1"],
                "strace", "-f", "-qq", "-o", "/dev/null", "-e", $"trace={call}", "-e",
                string.Create(CultureInfo.InvariantCulture, $"inject={call}:{what}:when={when}"));
            await CheckAndFinishAsync(table, acknowledged, 2, $"{call} {when}");
            if (code == 0)
            {
                break;
            }

            hits++;
            if (what.StartsWith("error", StringComparison.Ordinal))
            {
                Assert.Matches("LF42(10|11|31): ", errors);
                Assert.True(acknowledged.Count < 2, "A commit whose sync failed was acknowledged.");
            }
        }

        output.WriteLine($"{hits} times.");
        Assert.InRange(hits, 2, 39);
    }

    /// <summary>Runs a writer once for each call that is chosen; returns how many those were.</summary>
    private async Task<int> SweepAsync(
        Func<StorageCall, bool> chosen, Func<int, WatchedCalls> faulty, List<string>? codes = null)
    {
        List<StorageCall> made = [];
        await WriteAsync(Path.Combine(_folder.Path, "whole"), new WatchedCalls(made.Add), []);
        int[] numbers = [.. made.Where(chosen).Select(c => c.Number)];
        foreach (int number in numbers)
        {
            string table = Path.Combine(_folder.Path, $"c{number}-{codes is null}-{numbers.Length}");
            HashSet<long> acknowledged = [];
            try
            {
                await WriteAsync(table, faulty(number), acknowledged);
            }
            catch (PowerCutException)
            {
                // It ended there.
            }
            catch (LandfallException e)
            {
                codes?.Add(e.Code);
            }

            await CheckAndFinishAsync(table, acknowledged, Batches, made[number - 1].ToString());
        }

        return numbers.Length;
    }

    private static WatchedCalls StopAt(int number) => new(call =>
    {
        if (call.Number >= number)
        {
            throw new PowerCutException();
        }
    });

    private async Task WriteAsync(string table, IStorageCalls calls, HashSet<long> acknowledged) =>
        await new IngestWriter(table, new PosixLogStore(table, calls), calls)
        {
            Acknowledge = b => acknowledged.Add(b),
            CheckpointInterval = 2,
            OptimizeInterval = 3,
        }.RunAsync(_database, Batches, Rows);

    private async Task CheckAndFinishAsync(string table, HashSet<long> acknowledged, int batches, string where)
    {
        var oracle = new TableOracle(table, _database);
        IReadOnlyList<string> violations = await oracle.CheckAsync(acknowledged, Rows);
        Assert.True(violations.Count == 0, $"{where}: {string.Join("; ", violations)}");
        PosixStorageCalls calls = PosixStorageCalls.Instance;
        await new IngestWriter(table, new PosixLogStore(table, calls), calls) { Acknowledge = _ => { } }
            .RunAsync(_database, batches, Rows);
        violations = await oracle.CheckAsync(Enumerable.Range(0, batches).Select(b => (long)b).ToHashSet(), Rows);
        Assert.True(violations.Count == 0, $"{where}, then finished: {string.Join("; ", violations)}");
        Directory.Delete(table, recursive: true);
    }

    private static async Task<(int Code, HashSet<long> Acknowledged, string Errors)> StartAsync(
        string[] arguments, params string[] under)
    {
        using Process process = HarnessProcess.StartUnder(under, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        HashSet<long> acknowledged = [];
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("ACK ", StringComparison.Ordinal) && line.EndsWith('.'))
            {
                acknowledged.Add(long.Parse(line.AsSpan(4, line.Length - 5), CultureInfo.InvariantCulture));
            }
        }

        await process.WaitForExitAsync();
        return (process.ExitCode, acknowledged, await errors);
    }
}
