using Landfall.DuckDb;
using Landfall.Engine.Steps;
using Landfall.Sql;
using Landfall.Testing;
using Landfall.Testing.Delta;
using Landfall.Testing.Fuzzing;
using Landfall.Testing.Ingest;

namespace Landfall.Engine.Harness;

/// <summary>
/// Reads Parquet files with random changes. In a process of its own, because the reader is native: what it crashes on
/// is the number that was printed last.
/// </summary>
internal static class ParquetFuzz
{
    private const string Name = "bent.parquet";

    private const string Rows =
        "select 'k' || i as id, case when i % 3 = 0 then null else 'note ' || (i % 5) end as note, "
        + "cast(i * 7 as INTEGER) as n, [i, i + 1] as l, {'a': i, 'b': 'x' || i} as s from range(200) t(i)";

    private static readonly string[] Writings =
    [
        "compression uncompressed", "compression snappy", "compression zstd", "compression gzip",
        "compression uncompressed, parquet_version v2", "compression lz4_raw, row_group_size 100",
    ];

    private static readonly string[] Contract =
    [
        "name: id, logicalType: string", "name: note, logicalType: string",
        "name: n, logicalType: integer, physicalType: int",
        "name: l, logicalType: array, items: { logicalType: integer, physicalType: bigint }",
    ];

    /// <summary>
    /// Prints for each the number, and then <c>out</c> (left out), <c>same</c>, <c>other</c> (other values, which
    /// nothing in the file tells), or <c>FINDING</c> and what is wrong.
    /// </summary>
    public static async Task<int> RunAsync(int seed, int inputs)
    {
        Random random = new TestSeed(seed).Generator();
        using TemporaryFolder folder = new();
        byte[][] originals = [.. Writings.Select((w, i) => Written(Path.Combine(folder.Path, $"o{i}.parquet"), w))];
        ByteMutator mutator = new(random);
        string[] expected = await RowsAsync(originals[0]);
        for (int i = 0; i < inputs; i++)
        {
            int writing = random.Next(Writings.Length);
            byte[] bytes = mutator.Mutate(originals[writing]);
            Console.Out.WriteLine(i);
            Console.Out.WriteLine(await OutcomeAsync(bytes, expected));
        }

        Console.Out.WriteLine("END");
        return 0;
    }

    private static byte[] Written(string path, string options)
    {
        using DuckDbDatabase database = DuckDbDatabase.Open();
        using DuckDbConnection connection = database.Connect();
        connection.Execute($"copy ({Rows}) to {SqlText.Literal(path)} (format parquet, {options})");
        return File.ReadAllBytes(path);
    }

    private static async Task<string> OutcomeAsync(byte[] bytes, string[] expected)
    {
        try
        {
            string[] rows = await RowsAsync(bytes);
            return rows.Length == 0 ? "out" : rows.SequenceEqual(expected) ? "same" : "other";
        }
        catch (Exception e)
        {
            return $"FINDING {e.ToString().ReplaceLineEndings(" ")}";
        }
    }

    /// <summary>The file's rows; none where it was left out, whose name must be said then.</summary>
    private static async Task<string[]> RowsAsync(byte[] bytes)
    {
        using IngestLake lake = new("files: \"*\", mode: append", Contract, threshold: 1);
        lake.Put("good.csv", "id,note,n,l\nx,y,1,[1]\n");
        lake.Put(Name, bytes);
        await lake.LandAsync();
        StepOutcome outcome = await lake.EnrichAsync();
        List<string> rows = [.. await lake.RowsAsync("id, note, n, l")];
        if (!rows.Remove("x, y, 1, [1]"))
        {
            throw new InvalidOperationException("The good file beside it did not land.");
        }

        if (outcome.LeftOut.Any(l => l.Name == Name) != (rows.Count == 0 && outcome.Quarantined == 0))
        {
            throw new InvalidOperationException("It has rows and was left out, or neither.");
        }

        return [.. rows];
    }
}
