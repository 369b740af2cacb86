using System.Text.Json.Nodes;
using Landfall.Testing;

namespace Landfall.Workers.Tests;

public sealed class WorkerDuckDbTests : IDisposable
{
    private readonly WorkerBench _bench = new();
    private readonly string _input;
    private readonly string _output;

    public WorkerDuckDbTests()
    {
        _input = Path.GetDirectoryName(_bench.File("input/rows.csv", "a\n1\n2\n"))!;
        _output = Directory.CreateDirectory(Path.Combine(_bench.Folder, "output")).FullName;
        _bench.File("outside/rows.csv", "a\n3\n");
    }

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("select sum(a) from 'INPUT/rows.csv'", "3")]
    [InlineData("copy (select 1 a) to 'OUTPUT/rows.parquet'", "1")]
    [InlineData("select current_setting('TimeZone')", "UTC")]
    [InlineData("select 3 / 2", "1.5")]
    [InlineData("select a from (values (1), (null)) t(a) order by a limit 1", "")]
    [InlineData("select date_trunc('month', timestamptz '2026-02-03 04:05:06+01')::varchar", "2026-02-01 00:00:00+00")]
    [InlineData("select current_setting('threads')", "2")]
    [InlineData("select current_setting('memory_limit')", "192.0 MiB")]
    public async Task DuckDb_InAWorker_Answers(string sql, string answer) =>
        Assert.Equal([answer], await AnswersAsync(sql));

    [Theory]
    [InlineData("set threads = 8")]
    [InlineData("set TimeZone = 'Europe/Berlin'")]
    [InlineData("set enable_external_access = true")]
    [InlineData("set allowed_directories = ['/']")]
    [InlineData("reset memory_limit")]
    [InlineData("select * from 'OUTSIDE/rows.csv'")]
    [InlineData("select * from 'INPUT/../outside/rows.csv'")]
    [InlineData("copy (select 1 a) to 'OUTSIDE/rows.parquet'")]
    [InlineData("copy (select 1 a) to 'INPUT/new.parquet'")]
    [InlineData("attach 'INPUT/new.duckdb'")]
    [InlineData("install httpfs")]
    [InlineData("create persistent secret s (type s3)")]
    public async Task DuckDb_InAWorker_Refuses(string sql)
    {
        string answer = Assert.Single(await AnswersAsync(sql));

        Assert.Matches("^(Permission|InvalidInput|IO|InvalidConfiguration|Catalog) ", answer);
        Assert.Equal([Path.Combine(_input, "rows.csv")], Directory.GetFiles(_input));
    }

    [Fact]
    public async Task DuckDb_BeyondItsMemory_UsesTheScratchFolder()
    {
        Assert.Equal(
            ["3000000"],
            await AnswersAsync(
                """
                select max(n) from (
                    select row_number() over (order by t) n
                    from (select repeat('x', 200) || i t from range(3000000) r(i)))
                """));
    }

    [Fact]
    public async Task DuckDb_ErrorThatQuotesRows_KeepsItsTextBack()
    {
        WorkerReport report = await RunAsync([], "select cast(v as int) from (values ('row value')) t(v)");

        Assert.Equal("LF4100", report.Failure!.Code);
        Assert.Contains("Conversion", report.Failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("row value", report.Failure.Message + _bench.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DuckDb_ErrorOfTheStatement_IsTold()
    {
        WorkerReport report = await RunAsync([], "select missing from (select 1 a)");

        Assert.Contains("missing", report.Failure!.Message, StringComparison.Ordinal);
    }

    private async Task<string[]> AnswersAsync(string sql)
    {
        WorkerReport report = await RunAsync([sql], null);
        Assert.True(report.Failure is null, $"{report.Failure} {_bench.Log}");
        return [.. report.Result!.AsArray().Select(a => (string)a!)];
    }

    private Task<WorkerReport> RunAsync(string[] sql, string? failing)
    {
        string Placed(string text) => text.Replace("INPUT", _input).Replace("OUTPUT", _output)
            .Replace("OUTSIDE", Path.Combine(_bench.Folder, "outside"));
        JsonObject payload = new()
        {
            ["read"] = new JsonArray(_input), ["write"] = new JsonArray(_output),
            ["sql"] = new JsonArray([.. sql.Select(s => (JsonNode)Placed(s))]),
        };
        if (failing is not null)
        {
            payload["fails"] = failing;
        }

        return _bench.RunAsync(
            WorkerBench.Request("duckdb", payload) with { ReadOnlyPaths = [_input], WritablePaths = [_output] });
    }
}
