using Landfall.Testing;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Landfall.Estate.Contracts;
using Landfall.Sql.Tests.Macros;

namespace Landfall.Sql.Tests;

/// <summary>Spark answers what DuckDB answers; all is asked in one session, because starting one is slow.</summary>
public sealed class SparkDialectTests(SqlFixture fixture) : IClassFixture<SqlFixture>
{
    private const int DivisionCases = 300;

    private static readonly string[] Session =
    [
        "set spark.sql.session.timeZone=UTC",
        "set spark.sql.ansi.enabled=true",
        "set spark.sql.ansi.doubleQuotedIdentifiers=true",
        "set spark.sql.parser.escapedStringLiterals=true",
    ];

    // The engines differ on this one, which the subset therefore refuses: the comparison must find it.
    private const string Control = "select -1 as i, concat('a', cast(null as string)) as v";

    private static readonly ContractTable Contract = SqlFixture.Table("out", "month date", "name string",
        "flag boolean",
        "n int", "big bigint", "ratio double", "net decimal(18,2)", "bytes binary", "latest timestamp");

    [SparkFact]
    public async Task Spark_EveryMacroModelAndDivision_AnswersAsDuckDb()
    {
        string[] queries = [MacroQuery(), ModelQuery(), DivisionQuery(), FunctionCases.Query(), Control];
        ImmutableArray<string> expected =
            [.. queries.SelectMany(q => fixture.Rows(SqlCompiler.Expand(q, SqlDialect.DuckDb)).Select(Normal))];

        ImmutableArray<string> answers = await AskAsync(
            [.. Session, .. queries.Select(q => SqlCompiler.Expand(Marked(q), SqlDialect.Spark))]);

        Assert.True(expected.Length > MacroCases.All.Count + DivisionCases + FunctionCases.All.Count());
        Assert.Equal(expected.Length, answers.Length);
        string[] different =
        [
            .. expected.Zip(answers).Where(p => p.First != p.Second).Select(p => $"DuckDB {p.First}, Spark {p.Second}"),
        ];
        Assert.Equal(["DuckDB -1|a, Spark -1|null"], different);
    }

    // One row a macro case: its number and its value as text.
    private static string MacroQuery() => string.Join("\nunion all ", MacroCases.All.Select(
        (c, i) => $"select {i} as i, cast({c.Data.Item1} as string) as v")) + "\norder by i";

    private static string DivisionQuery()
    {
        var random = new Random(11);
        string values = string.Join(",", Enumerable.Range(0, DivisionCases).Select(i =>
            $"({i}, '{random.Next(-99_999_999, 99_999_999)}.{random.Next(1000):000}',"
            + $" '{random.Next(-5_000, 5_000)}.{(i % 3 == 0 ? 500 : random.Next(1, 1000)):000}')"));
        return "select v.i, cast(@div_dec(cast(v.a as decimal(28,3)), cast(v.b as decimal(18,3)), 18, 6)"
            + " as string) as v"
            + $" from (values {values}) as v(i, a, b) order by i";
    }

    // The golden model over a few rows; its columns as one text.
    private static string ModelQuery()
    {
        const string facts =
            """
            (select * from (values
                ('alpha-17', timestamp '2024-02-29 23:59:59', cast(10.00 as decimal(18,2)), 3,
                    '{"size":{"unit":"GB"}}'),
                ('omega-5', timestamp '2024-02-01 00:00:00', cast(-0.25 as decimal(18,2)), 4, null),
                ('m', timestamp '2024-12-31 12:00:00', cast(0.05 as decimal(18,2)), -2, '{}'))
                as w(name, seen, net, units, detail))
            """;
        string body = File.ReadAllText(Path.Combine(SqlFixture.Folder(), "Golden", "every_macro.sql"))
            .Replace("z.u.fact", facts);
        string columns = string.Join(" || '|' || ", Contract.Columns.Select(
            c => $"coalesce(cast(cast(result.{c.Name} as {c.Type}) as string), '-')"));
        return $"select cast(year(result.month) * 100 + month(result.month) as int) as i, {columns} as v\n"
            + $"from (\n{SqlCompiler.WithoutSemicolon(body)}\n) as result order by i";
    }

    // Rows of the queries are told from those of SET by their columns.
    private static string Marked(string query) =>
        $"select q.i as landfall_i, q.v as landfall_v from ({query}) as q order by q.i";

    private static string Normal(string row) => row.Replace("+00", "");

    private static async Task<ImmutableArray<string>> AskAsync(IReadOnlyList<string> statements)
    {
        var start = new ProcessStartInfo(SharedSpark.Script, ["sql", .. statements])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors + output);
        return
        [
            .. output.Split('\n').Where(line => line.Contains("\"landfall_i\"")).Select(line =>
            {
                using var row = JsonDocument.Parse(line);
                string value = row.RootElement.TryGetProperty("landfall_v", out JsonElement v)
                    && v.ValueKind != JsonValueKind.Null ? v.ToString() : "null";
                return $"{row.RootElement.GetProperty("landfall_i")}|{Normal(value)}";
            }),
        ];
    }
}
