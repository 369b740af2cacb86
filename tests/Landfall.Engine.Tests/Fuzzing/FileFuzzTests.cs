using System.Globalization;
using System.Text;
using Landfall.Engine.Steps;
using Landfall.Testing;
using Landfall.Testing.Fuzzing;
using Landfall.Testing.Ingest;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Landfall.Engine.Tests.Fuzzing;

/// <summary>
/// CSV, JSON Lines, JSON, gzip and zstd with random changes: every record that a plain reader of the changed file sees
/// is a row with its values or in the quarantine, and what cannot be read is left out and named.
/// </summary>
public sealed class FileFuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 16;
    private const int FilesEach = 50;
    private const int Records = 12;

    private static readonly string[] Contract =
    [
        "name: id, logicalType: string", "name: note, logicalType: string",
        "name: n, logicalType: integer, physicalType: int",
    ];

    private static readonly byte[][] CsvTokens = Bytes(
        "\"", "\"\"", ",", ",\"", "\"\n", "\n", "\r", "\r\n", "\r\r\n", "\n\n", "\uFEFF", "\0", "\u00E9", "1e3", "x\"y",
        "\"a\nb\"", " ", "2147483648", "id", ",,,");

    private static readonly byte[][] JsonTokens = Bytes(
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "\\ud83d\\ude00", "null", "true", "-", "1e999",
        "0x1", "NaN", "//", "\n", "\r", "{}", "[{\"a\":[]}]", "\"id\":", "\uFEFF", "\0", "\u2028", "{\"id\":\"x\"}");

    private static readonly string[] Names =
        ["csv", "csv", "jsonl", "jsonl", "json", "json", "csv.gz", "jsonl.zst", "json.gz", "csv.zst"];

    [Fact]
    public async Task Files_WithRandomChanges_GiveTheirRecordsAndNoOthers()
    {
        TestSeed seed = TestSeed.Fresh();
        output.WriteLine($"{seed}");
        Random random = seed.Generator();
        List<string> findings = [];
        int leftOut = 0;
        for (int round = 0; round < FuzzCount.Of(Rounds); round++)
        {
            FuzzFile[] files = [.. Enumerable.Range(0, FilesEach).Select(i => Changed(random, i))];
            using IngestLake lake = new("files: \"*\", mode: append", Contract, threshold: 1);
            (FileJudge judge, int bad) = await ReadAsync(lake, files);
            leftOut += bad;
            findings.AddRange(files
                .Select(f => (File: f, Problem: judge.ProblemOf(f))).Where(f => f.Problem is not null)
                .Select(f => $"{seed}, round {round}, {f.File.Name}: {f.Problem}\n{Shown(f.File.Bytes)}"));
        }

        output.WriteLine($"{leftOut} of {FuzzCount.Of(Rounds) * FilesEach} left out");
        Assert.True(findings.Count == 0, string.Join("\n", findings));
    }

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.jsonl")]
    [InlineData("a.json")]
    [InlineData("a.csv.gz")]
    [InlineData("a.jsonl.zst")]
    public async Task Reader_ThatLosesOrChangesARow_NegativeControl_IsFound(string name)
    {
        byte[] bytes = Made(new(1), name);
        FuzzFile file = new(name, bytes, name.EndsWith(".zst", StringComparison.Ordinal) ? Text(new(1), name) : bytes);
        using IngestLake lake = new("files: \"*\", mode: append", Contract, threshold: 1);
        lake.Put(name, bytes);
        await lake.RunAsync();
        string[] rows = await lake.RowsAsync("_source, id, note, n");
        string[] bad = await lake.QuarantineAsync("_source, _row");

        Assert.Null(new FileJudge(rows, bad, []).ProblemOf(file));
        Assert.NotNull(new FileJudge(rows[1..], bad, []).ProblemOf(file));
        Assert.NotNull(new FileJudge([.. rows, rows[0]], bad, []).ProblemOf(file));
        Assert.NotNull(new FileJudge([.. rows[1..], rows[0] + "0"], bad, []).ProblemOf(file));
        Assert.NotNull(new FileJudge(rows, [.. bad, $"{name}, 3"], []).ProblemOf(file));
        Assert.NotNull(new FileJudge(rows, bad, [name]).ProblemOf(file));
    }

    /// <summary>What became of the files, and how many were left out; a good one beside them must land.</summary>
    private static async Task<(FileJudge Judge, int LeftOut)> ReadAsync(IngestLake lake, FuzzFile[] files)
    {
        lake.Put("good.csv", "id,note,n\nx,y,1\n");
        foreach (FuzzFile file in files)
        {
            lake.Put(file.Name, file.Bytes);
        }

        StepOutcome landed = await lake.LandAsync();
        StepOutcome enriched = await lake.EnrichAsync();
        string[] rows = await lake.RowsAsync("_source, id, note, n");
        string[] leftOut = [.. landed.LeftOut.Concat(enriched.LeftOut).Select(l => l.Name)];
        Assert.Contains("good.csv, x, y, 1", rows);
        return (new(rows, await lake.QuarantineAsync("_source, _row"), leftOut), leftOut.Length);
    }

    private static FuzzFile Changed(Random random, int number)
    {
        string name = string.Create(
            CultureInfo.InvariantCulture, $"f{number}.{Names[random.Next(Names.Length)]}");
        bool isPacked = name.EndsWith('z') || name.EndsWith('t');
        ByteMutator mutator = new(
            random, isPacked ? [] : name.EndsWith("csv", StringComparison.Ordinal) ? CsvTokens : JsonTokens);
        byte[] text = Text(random, name);
        byte[] whole = Packed(name, text);
        return new(name, mutator.Mutate(whole), isPacked ? text : whole);
    }

    private static byte[] Made(Random random, string name) => Packed(name, Text(random, name));

    private static byte[] Packed(string name, byte[] text)
    {
        if (name.EndsWith(".gz", StringComparison.Ordinal))
        {
            return IngestLake.Gzip(text);
        }

        if (!name.EndsWith(".zst", StringComparison.Ordinal))
        {
            return text;
        }

        using Compressor compressor = new();
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return compressor.Wrap(text).ToArray();
    }

    private static byte[] Text(Random random, string name)
    {
        string[] notes = ["plain", "with, comma", "with \"\" marks", "b\u00E9\u4E2D\U0001F600", "", "line\nbreak"];
        string[][] rows =
        [
            .. Enumerable.Range(0, Records).Select(i => new[]
            {
                string.Create(CultureInfo.InvariantCulture, $"k{i}"), notes[random.Next(notes.Length)],
                random.Next(-5000, 5000).ToString(CultureInfo.InvariantCulture),
            }),
        ];
        string text = name.Split('.')[1] switch
        {
            "csv" => "id,note,n\n" + string.Concat(rows.Select(r => $"{r[0]},\"{r[1]}\",{r[2]}\n")),
            "jsonl" => string.Concat(rows.Select(r => Json(r) + "\n")),
            _ => "[\n" + string.Join(",\n", rows.Select(Json)) + "\n]",
        };
        return Encoding.UTF8.GetBytes(text);
    }

    private static string Json(string[] row) =>
        $$"""{"id":"{{row[0]}}","note":"{{row[1].Replace("\"", "\\\"").Replace("\n", "\\n")}}","n":{{row[2]}}}""";

    private static byte[][] Bytes(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static string Shown(byte[] bytes) => Convert.ToBase64String(bytes);
}
