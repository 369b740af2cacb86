namespace Landfall.Bench.Tests;

/// <summary>Each benchmark runs and agrees with its baseline. How long it takes is not asked.</summary>
public sealed class BenchmarksTests
{
    [Fact]
    public Task Log_Tiny_HasEveryFigure() => BenchProgram.AssertRowsAsync(
        ["log"],
        "snapshot of 40 commits, 400 files, no checkpoint",
        "checkpoint of 400 files",
        "snapshot of the same with a checkpoint",
        "durable commits by 1 writer(s), 5 each, with start",
        "durable commits by 4 writer(s), 5 each, with start",
        "join 4 files, 0 MB, DuckDB alone",
        "join 4 files, optimize",
        "join, ratio optimize / DuckDB",
        "join, rows as DuckDB joined them");

    [Fact]
    public Task Files_Tiny_HasEveryFigure() => BenchProgram.AssertRowsAsync(
        ["files"],
        "10 files, 0 MB",
        "30 files of the same bytes",
        "ratio 30 files / 10 files",
        "rows of both alike");

    [Fact]
    public Task Training_Tiny_HasEveryFigure() => BenchProgram.AssertRowsAsync(
        ["training"],
        "fused multiply-adds alone",
        "training, 20 services",
        "training, 20 services, largest error",
        "scoring in process, 20 services, one thread",
        "training, 60 services",
        "training, 60 services, largest error",
        "scoring in process, 60 services, one thread");

    [Fact]
    public Task Endpoint_Tiny_HasEveryFigure() => BenchProgram.AssertRowsAsync(
        ["endpoint"],
        "empty Kestrel endpoint, highest rate with p99 ≤ 25 ms",
        "endpoint, keys and exposure log on, highest rate with p99 ≤ 25 ms",
        "its exposures",
        "endpoint beside the empty one",
        "half of that while champions change 20 times a second",
        "its exposures");

    [Fact]
    public Task Publication_Tiny_HasEveryFigure() => BenchProgram.AssertRowsAsync(
        ["publication"],
        "publication, bare COPY of a ready file",
        "publication, the same with key, index and statistics",
        "publication, Landfall",
        "publication, ratio bare COPY / Landfall",
        "publication, ratio COPY with key / Landfall",
        "one month of 24, Landfall",
        "one month of 24, ratio one month / whole",
        "1 session(s), median of a statement",
        "1 session(s), 95 of 100 within",
        "1 session(s), statements/s",
        "3 session(s), median of a statement",
        "3 session(s), 95 of 100 within",
        "3 session(s), statements/s",
        "ratio of statements/s, 3 session(s) / 1");

    [Fact]
    public void Names_OfBenchmarks_AreThoseTestedHere() => Assert.Equal(
        ["log", "files", "training", "endpoint", "publication", AzureBenchTests.Name, SparkBenchTests.Name,
            .. EstateBenchTests.Names],
        Benchmarks.Names.AsEnumerable());

    [Fact]
    public async Task Run_UnknownName_IsRefused()
    {
        (int code, string output, string error) = await BenchProgram.RunAsync("revenues");

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains("no benchmark revenues; there are log, ", error, StringComparison.Ordinal);
    }
}
