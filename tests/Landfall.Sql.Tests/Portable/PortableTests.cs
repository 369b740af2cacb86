using Landfall.Sql.Linting;
using Landfall.Sql.Macros;

namespace Landfall.Sql.Tests.Portable;

/// <summary>
/// The portable subset answers alike in DuckDB and Spark: every function, operator, cast, macro and clause over
/// generated rows, edges included. A failure prints the seed that repeats it.
/// </summary>
[Collection(PortableCollection.Name)]
public sealed class PortableTests(PortableEngines engines)
{
    private const int RandomCases = 400;

    private static readonly (int First, int Last)[] LateLetters =
    [
        (0x019b, 0x019b), (0x0264, 0x0264), (0x1c89, 0x1c8a), (0xa7cb, 0xa7cf), (0xa7d2, 0xa7d5), (0xa7da, 0xa7dc),
        (0x10d50, 0x10d85), (0x16ea0, 0x16ed3),
    ];

    [SparkFact]
    public async Task Expressions_OverEdges_AnswerAlike()
    {
        RowwiseCheck check = new(engines, engines.Seed.Generator());

        IReadOnlyList<string> differences = await check.DifferencesAsync(ExpressionCases.Of(engines.Tables));

        Assert.True(differences.Count == 0, Report(differences));
        Assert.True(check.Compared > 100_000, $"{check.Compared} values were compared.");
        Assert.True(check.Failing > 1_000, $"{check.Failing} rows failed in both.");
    }

    [SparkFact]
    public async Task RandomExpressions_OverEveryType_AnswerAlike()
    {
        RandomExpressions expressions = new((engines.Seed + 1).Generator());
        RowwiseCheck check = new(engines, engines.Seed.Generator(), isNested: true);

        IReadOnlyList<string> differences = await check.DifferencesAsync(Enumerable.Range(0, RandomCases)
            .Select(_ => new PortableCase(engines.Tables.Wide, expressions.Next())));

        Assert.True(differences.Count == 0, Report(differences));
        Assert.True(check.Refused.Count < RandomCases / 4, string.Join('\n', check.Refused));
    }

    [SparkFact]
    public async Task Queries_OverEveryClause_GiveTheSameRows()
    {
        List<string> differences = [];
        foreach (string sql in QueryCases.All)
        {
            (CompiledQuery? query, var problems) = engines.Compile(sql);
            Assert.True(query is not null, $"{sql}\n{string.Join('\n', problems)}");
            IReadOnlyList<object?[]>? duckDb = engines.AskDuckDb(query, out string failed);
            (IReadOnlyList<object?[]>? spark, string problem) = await engines.AskSparkAsync(query.Spark);
            if (duckDb is null != spark is null)
            {
                differences.Add($"{sql}\n  DuckDB: {(duckDb is null ? failed : "rows")}\n  Spark: "
                    + (spark is null ? problem : "rows"));
            }
            else if (duckDb is not null && !Answers.Same(duckDb, spark!))
            {
                differences.Add($"{sql}\n  DuckDB: {Show(duckDb)}\n  Spark: {Show(spark!)}");
            }
        }

        Assert.True(differences.Count == 0, Report(differences));
    }

    /// <summary>The check finds what engines do differ on, of values and of failures.</summary>
    [SparkFact]
    public async Task Check_OfKnownDifferences_FindsThem()
    {
        RowwiseCheck check = new(engines, engines.Seed.Generator());

        // A fault of DuckDB's: docs/engine-faults.md.
        IReadOnlyList<string> differences = await check.DifferencesAsync(
            [new(engines.Tables.Ints, "t.a % nullif(t.b, 0)")]);

        Assert.StartsWith("ints: t.a % nullif(t.b, 0): (-2147483648 | -1): Spark gives 0", Assert.Single(differences));
        Assert.False(Answers.Same(1.0, 1.0 + 1e-8));
        Assert.False(Answers.Same("1.0", "1.00"));
        Assert.False(Answers.Same([["a"], ["a"], ["b"]], [["a"], ["b"], ["b"]]));
        Assert.True(Answers.Same([[1, double.NaN], [null, 2.0]], [[null, 2.0], [1L, double.NaN]]));
    }

    /// <summary>Of all characters, but the letters of Unicode 15.1 to 17, which have no other form in DuckDB.</summary>
    [SparkTheory]
    [InlineData("lower(t.s)")]
    [InlineData("lower('x' || t.s)")]
    [InlineData("upper(t.s)")]
    [InlineData("upper(t.s || t.s)")]
    [InlineData("trim(t.s || 'x')")]
    [InlineData("length(t.s)")]
    [InlineData("t.s ilike 'i'")]
    public async Task Letters_OfAllOfUnicode_HaveTheSameForms(string form)
    {
        string sql = $"select t.id, md5(cast({form} as string)) as v from z.u.letters as t";
        CompiledQuery query = engines.Compile(sql).Query!;
        Dictionary<int, object?> duckDb = engines.AskDuckDb(query, out _)!.ToDictionary(r => (int)r[0]!, r => r[1]);

        (IReadOnlyList<object?[]>? spark, string problem) = await engines.AskSparkAsync(query.Spark);

        Assert.True(spark is not null, problem);
        Assert.Equal(duckDb.Count, spark.Count);
        Assert.Equal([], spark.Where(r => !Answers.Same(duckDb[(int)r[0]!], r[1])).Select(r => (int)r[0]!)
            .Where(c => !LateLetters.Any(l => c >= l.First && c <= l.Last)).Select(c => $"U+{c:X4}"));
    }

    /// <summary>
    /// What leads out of the rows is no function of the subset: files, Java, settings, names of files.
    /// </summary>
    [Theory]
    [InlineData("reflect('java.lang.System', 'getenv', 'HOME')")]
    [InlineData("java_method('java.lang.System', 'getProperty', 'user.home')")]
    [InlineData("try_reflect('java.lang.System', 'getenv', 'HOME')")]
    [InlineData("input_file_name()")]
    [InlineData("input_file_block_start()")]
    [InlineData("current_catalog()")]
    [InlineData("current_user()")]
    [InlineData("session_user()")]
    [InlineData("version()")]
    [InlineData("spark_partition_id()")]
    [InlineData("from_avro(t.s, 'x')")]
    [InlineData("xpath_string(t.s, 'a')")]
    [InlineData("url_decode(t.s)")]
    [InlineData("ai_query('m', t.s)")]
    [InlineData("http_request(t.s)")]
    [InlineData("read_text(t.s)")]
    [InlineData("getenv('HOME')")]
    [InlineData("current_setting('temp_directory')")]
    [InlineData("getvariable('x')")]
    [InlineData("query('select 1')")]
    [InlineData("raise_error(t.s)")]
    [InlineData("error(t.s)")]
    [InlineData("transform(t.s)")]
    public void Analyze_FunctionThatLeadsOut_IsRefused(string call) => Assert.True(
        engines.Fixture.Analyze($"select {call} as v from z.u.texts as t").HasErrors, call);

    [Theory]
    [InlineData("select t.s from read_parquet('/etc/passwd') as t")]
    [InlineData("select t.s from \"/etc/passwd\" as t")]
    [InlineData("select t.s from range(3) as t(s)")]
    [InlineData("select t.s from parquet.z.\"/etc/passwd\" as t")]
    public void Compile_TableThatLeadsOut_IsRefused(string sql) =>
        Assert.Null(engines.Compile(sql).Query);

    [Fact]
    public void Cases_Together_HaveEveryFunctionOperatorAndMacro()
    {
        string all = string.Join('\n', ExpressionCases.Of(engines.Tables).Select(c =>
            c.Expression).Concat(QueryCases.All));
        IEnumerable<string> names = PortableFunctions.Known.Except(["count_star", "quantile_cont"]).Select(n => n + "(")
            .Concat(MacroCatalogue.All.Keys.Select(m => $"@{m}("));

        Assert.Equal([], names.Where(n => !all.Contains(n, StringComparison.Ordinal)));
        Assert.All(new[] { "+", "-", "*", "/", "%", "||", " like ", " not like ", " ilike ", " not ilike " }, o =>
            Assert.Contains(o, all, StringComparison.Ordinal));
    }

    private string Report(IReadOnlyList<string> differences) =>
        $"{engines.Seed}: {differences.Count} differences\n" + string.Join('\n', differences.Take(200));

    private static string Show(IReadOnlyList<object?[]> rows) =>
        string.Join("; ", rows.Select(Answers.Text).Order(StringComparer.Ordinal).Take(30));
}
