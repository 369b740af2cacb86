namespace Landfall.Bench.Tests;

/// <summary>The benchmarks of the estate: each builds on what the one before made, so that they run in one.</summary>
public sealed class EstateBenchTests
{
    internal static readonly string[] Names = ["ingest", "revenue", "incremental"];

    private static readonly string[] Rows =
    [
        "ingest, DuckDB alone",
        "ingest, raw copy and gzip check",
        "ingest, raw to enriched",
        "ingest, ratio DuckDB / Landfall",
        "ingest, rows as DuckDB alone reads them",
        "revenue by account, DuckDB alone",
        "revenue by account, Landfall",
        "revenue by account, ratio Landfall / DuckDB",
        "revenue by account, rows as DuckDB alone",
        "one more day, by month",
        "one more day, whole",
        "one more day, ratio by month / whole",
        "one more day, rows by month as whole",
    ];

    [Fact]
    public Task Estate_Tiny_HasEveryFigure() =>
        BenchProgram.AssertRowsAsync(Names, [.. Rows.Select(r => $"scale 0.001 {r}")]);
}
