using Landfall.DuckDb;
using Landfall.Estate;
using Landfall.Posix;
using Landfall.Testing.Delta;

namespace Landfall.Engine.Harness;

/// <summary>
/// Ingests with ever more room, until the room is enough: none, a step more, two steps more, … After each the oracle
/// looks; then there is room again, the same process goes on, and the oracle looks again.
/// </summary>
internal sealed class Scarcity(string folder, string kind, string store)
{
    private const int Batches = 4;
    private const int Rows = 20;
    private const int StepsMax = 400;
    private const int DiskStep = 4096;
    private const int FileStep = 256;

    private readonly string _filler = Path.Combine(folder, "filler");

    public static async Task<int> RunAsync(string folder, string kind, string store)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open(null, new Dictionary<string, string> { ["threads"] = "1" });
        var scarcity = new Scarcity(folder, kind, store);
        for (int step = 0; step < StepsMax; step++)
        {
            if (await scarcity.TryAsync(database, step) == "enough")
            {
                return 0;
            }
        }

        return 1;
    }

    /// <summary>Prints the room, how the writer ended, and what the oracle says after it and in the end.</summary>
    private async Task<string> TryAsync(DuckDbDatabase database, int step)
    {
        string table = Path.Combine(folder, $"t{step}");
        HashSet<long> acknowledged = [];
        string end = "enough";
        Take(step);
        try
        {
            await WriteAsync(database, table, acknowledged);
        }
        catch (LandfallException e)
        {
            end = e.Code;
        }

        var oracle = new TableOracle(table, database);
        List<string> violations = [.. await oracle.CheckAsync(acknowledged, Rows)];
        Give();
        await WriteAsync(database, table, acknowledged);
        HashSet<long> all = [.. Enumerable.Range(0, Batches)];
        violations.AddRange((await oracle.CheckAsync(all, Rows)).Select(v => $"then finished: {v}"));
        Directory.Delete(table, recursive: true);
        Console.Out.WriteLine($"{step}\t{end}\t{string.Join("; ", violations).ReplaceLineEndings(" ")}");
        return end;
    }

    private Task WriteAsync(DuckDbDatabase database, string table, HashSet<long> acknowledged)
    {
        IStorageCalls calls = Stores.Calls(store);
        return new IngestWriter(table, Stores.Open(store, table, calls), calls)
        {
            Acknowledge = batch => acknowledged.Add(batch),
            BeforeCommit = batch =>
            {
                _ = store == "ack-first" && acknowledged.Add(batch);
                return Task.CompletedTask;
            },
            CheckpointInterval = 2,
            OptimizeInterval = 3,
        }.RunAsync(database, Batches, Rows);
    }

    private void Take(int step)
    {
        if (kind == "file")
        {
            FileLimit.Set((ulong)step * FileStep);
            return;
        }

        using FileStream filler = new(_filler, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0);
        try
        {
            byte[] block = new byte[DiskStep];
            while (true)
            {
                filler.Write(block);
            }
        }
        catch (IOException)
        {
            filler.SetLength(filler.Length - (step * DiskStep));
        }
    }

    private void Give()
    {
        FileLimit.Set(ulong.MaxValue);
        File.Delete(_filler);
    }
}
