using System.Text.RegularExpressions;
using Landfall.Delta;
using Landfall.Delta.Checking;
using Landfall.Engine.DuckDb.Checking;
using Landfall.Estate;
using Landfall.Testing.Delta;

namespace Landfall.Engine.DuckDb.Tests.Checking;

/// <summary>Every kind of damage is found, and named with its file; a whole table has no finding.</summary>
public sealed class TableCheckerTests : IDisposable
{
    private const int Versions = 12;

    private static readonly TableSchema Schema = StorageSession.SchemaOf(
        ("id", "bigint"), ("d", "double"), ("n", "decimal(38,10)"), ("s", "string"), ("t", "timestamp"),
        ("day", "date"), ("b", "binary"), ("p", "string"));

    private readonly StorageSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task Check_WholeTable_FindsNothing()
    {
        await WriteAsync();

        Assert.Empty(await CheckAsync());
        Assert.Empty(await CheckAsync(new() { Version = 3, Deep = true }));
    }

    [Fact]
    public async Task Check_CleanedLog_BeginsWithItsCheckpoint()
    {
        await WriteAsync();
        Enumerable.Range(0, 9).ToList().ForEach(v => File.Delete(Log($"{v:D20}.json")));

        Assert.Empty(await CheckAsync());
    }

    [Fact]
    public async Task Check_MissingFile_IsFound()
    {
        File.Delete(await FirstFileAsync());

        await AssertOneAsync("LF4236", "part-", "missing");
    }

    [Fact]
    public async Task Check_TruncatedFile_IsFound()
    {
        string file = await FirstFileAsync();
        await using (FileStream stream = File.OpenWrite(file))
        {
            stream.SetLength(stream.Length - 1);
        }

        await AssertOneAsync("LF4236", "part-", "bytes");
    }

    [Fact]
    public async Task Check_FooterOverwritten_IsFound()
    {
        string file = await FirstFileAsync();
        await Flip(file, new FileInfo(file).Length - 10);

        await AssertOneAsync("LF4236", "part-", "not readable as Parquet");
    }

    [Fact]
    public async Task Check_OtherRows_IsFound()
    {
        await ChangeLogAsync(0, "numRecords\\\\\":4", "numRecords\\\":5");

        await AssertOneAsync("LF4237", "part-", "count 5 rows");
    }

    [Theory]
    [InlineData("minValues\\\\\":\\{\\\\\"id\\\\\":0", "minValues\\\":{\\\"id\\\":1", "id are below")]
    [InlineData("maxValues\\\\\":\\{\\\\\"id\\\\\":3", "maxValues\\\":{\\\"id\\\":2", "id are above")]
    [InlineData("nullCount\\\\\":\\{\\\\\"id\\\\\":0", "nullCount\\\":{\\\"id\\\":1", "1 nulls in id")]
    [InlineData("2026-02-01T00:59:59.999Z", "2026-02-01T00:59:59.998Z", "t are above")]
    [InlineData("\\\\\"s 3\\\\\"", "\\\"s 2\\\"", "s are above")]
    [InlineData("3.7500000000", "3.7499999999", "n are above")]
    public async Task Check_WrongStatistic_IsFound(string pattern, string wrong, string problem)
    {
        await ChangeLogAsync(0, pattern, wrong);

        await AssertOneAsync("LF4237", "part-", problem);
    }

    [Fact]
    public async Task Check_DamagedCommit_IsFound()
    {
        await WriteAsync();
        await File.WriteAllTextAsync(Log($"{11:D20}.json"), "{\"commitInfo\":{}}\n{\"add\":{\"pa");

        CheckFinding[] findings = await CheckAsync();

        Assert.Contains(findings, f => f.Severity == CheckSeverity.Error && f.File.EndsWith("11.json")
            && f.Code == "LF4238");
    }

    [Fact]
    public async Task Check_MissingCommit_IsFound()
    {
        await WriteAsync();
        File.Delete(Log($"{5:D20}.json"));

        CheckFinding[] findings = await CheckAsync();

        Assert.Equal("LF4238", Assert.Single(findings).Code);
        Assert.EndsWith("5.json", findings[0].File);
    }

    [Fact]
    public async Task Check_CheckpointWithoutAFile_IsFound()
    {
        await WriteAsync();
        string checkpoint = Log($"{10:D20}.checkpoint.parquet");
        _session.Connection.Execute(
            $"copy (from read_parquet('{Quoted(checkpoint)}') where add is null or add.path <> "
            + $"(select max(add.path) from read_parquet('{Quoted(checkpoint)}'))) to '{Quoted(checkpoint)}.new' "
            + "(format parquet)");
        File.Move(checkpoint + ".new", checkpoint, overwrite: true);
        File.Delete(Log($"{10:D20}.crc"));

        Assert.Contains(
            await CheckAsync(), f => f is { Severity: CheckSeverity.Error, Code: "LF4238" }
                && f.File.EndsWith("10.checkpoint.parquet") && f.Problem.Contains("lacks data file"));
    }

    [Fact]
    public async Task Check_UnreadableCheckpoint_IsFound()
    {
        await WriteAsync();
        await File.WriteAllTextAsync(Log($"{10:D20}.checkpoint.parquet"), "no parquet");

        await AssertFoundAsync("LF4238", "10.checkpoint.parquet", "");
    }

    [Theory]
    [InlineData("\"numFiles\":[0-9]+", "\"numFiles\":99", "99")]
    [InlineData("\"tableSizeBytes\":[0-9]+", "\"tableSizeBytes\":1", "1 bytes")]
    public async Task Check_WrongChecksum_IsFound(string pattern, string wrong, string problem)
    {
        await WriteAsync();
        string file = Log($"{7:D20}.crc");
        string text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, Regex.Replace(text, pattern, wrong));

        await AssertFoundAsync("LF4238", "7.crc", problem);
    }

    [Theory]
    [InlineData("{}", "names no version")]
    [InlineData("garbage", "names no version")]
    [InlineData("{\"version\":4}", "no checkpoint")]
    public async Task Check_WrongHint_IsAWarning(string content, string problem)
    {
        await WriteAsync();
        await File.WriteAllTextAsync(Log("_last_checkpoint"), content);

        CheckFinding finding = Assert.Single(await CheckAsync());

        Assert.Equal(CheckSeverity.Warning, finding.Severity);
        Assert.Contains(problem, finding.Problem);
    }

    [Fact]
    public async Task Check_FileThatNobodyNames_IsANote()
    {
        await WriteAsync();
        await File.WriteAllTextAsync(Path.Combine(_session.Table, "stray.parquet"), "x");

        CheckFinding finding = Assert.Single(await CheckAsync());

        Assert.Equal((CheckSeverity.Information, "LF4239"), (finding.Severity, finding.Code));
    }

    [Fact]
    public async Task Check_ColumnOfAnotherType_IsFound()
    {
        await WriteAsync();
        Snapshot snapshot = await _session.Delta.LoadAsync(default);
        Transaction transaction = _session.Delta.Begin(snapshot, "CHANGE");
        transaction.SetSchema(
            new([.. Schema.Fields.Select(f => f.Name == "s" ? f with { Type = Schema.Fields[0].Type } : f)]), ["p"]);
        Assert.IsType<Committed>(await transaction.CommitAsync(default));

        CheckFinding[] findings = await CheckAsync();

        Assert.Contains(findings, f => f.Code == "LF4236" && f.Problem.Contains("its column s is VARCHAR"));
    }

    [Fact]
    public async Task Check_DamagedPage_IsFoundByTheDeepCheck()
    {
        string file = await FirstFileAsync();
        for (long at = 4; at < 400; at++)
        {
            await Flip(file, at);
        }

        Assert.Contains(await CheckAsync(new() { Deep = true }), f => f.Severity == CheckSeverity.Error
            && f.Code is "LF4236" or "LF4237");
    }

    [Fact]
    public async Task Check_NoTable_Throws()
    {
        var thrown = await Assert.ThrowsAsync<LandfallException>(() => CheckAsync());

        Assert.Equal("LF4207", thrown.Code);
    }

    private async Task WriteAsync()
    {
        for (int i = 0; i < Versions; i++)
        {
            await _session.CommitAsync(_session.Write(
                $"""
                select i + {i * 4} as id, case when i = 2 then null else i * 1.5 end as d, i * 1.25 as n,
                  's ' || i as s, timestamptz '2026-01-31 23:59:59.9999Z' + to_minutes(i::int * 20) as t,
                  date '2026-01-31' as day, 'x'::blob as b, 'a/b %' as p
                from range(4) r(i)
                """, Schema, "p", $"s{i}"), Schema, "p");
        }
    }

    private async Task<string> FirstFileAsync()
    {
        await WriteAsync();
        return Path.Combine(_session.Table, (await _session.Delta.LoadAsync(default)).Files[0].Path);
    }

    /// <summary>Changes a commit, and takes the checkpoints away that would show it as another damage.</summary>
    private async Task ChangeLogAsync(int version, string pattern, string text)
    {
        await WriteAsync();
        Directory.GetFiles(_session.Log, "*checkpoint*").ToList().ForEach(File.Delete);
        string file = Log($"{version:D20}.json");
        string before = await File.ReadAllTextAsync(file);
        string after = new Regex(pattern).Replace(before, text.Replace("$", "$$", StringComparison.Ordinal), 1);
        Assert.NotEqual(before, after);
        await File.WriteAllTextAsync(file, after.Replace("landfallSha256", "noHash", StringComparison.Ordinal));
    }

    private static async Task Flip(string file, long at)
    {
        byte[] bytes = await File.ReadAllBytesAsync(file);
        bytes[at] ^= 0xFF;
        await File.WriteAllBytesAsync(file, bytes);
    }

    private string Log(string name) => Path.Combine(_session.Log, name);

    private static string Quoted(string path) => path.Replace("'", "''", StringComparison.Ordinal);

    private async Task AssertOneAsync(string code, string file, string problem)
    {
        CheckFinding finding = Assert.Single(await CheckAsync());
        Assert.Equal((CheckSeverity.Error, code), (finding.Severity, finding.Code));
        Assert.Contains(file, finding.File);
        Assert.Contains(problem, finding.Problem);
    }

    private async Task AssertFoundAsync(string code, string file, string problem) => Assert.Contains(
        await CheckAsync(), f => f.Severity == CheckSeverity.Error && f.Code == code && f.File.EndsWith(file)
            && f.Problem.Contains(problem));

    private async Task<CheckFinding[]> CheckAsync(CheckOptions? options = null) =>
    [
        .. await new TableChecker(_session.Table, _session.Database, TimeProvider.System)
            .CheckAsync(options ?? new(), null, default).ToListAsync(),
    ];
}
