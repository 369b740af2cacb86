using System.Globalization;
using Landfall.Engine.Steps;
using Landfall.Testing.Ingest;

namespace Landfall.Sources.Tests;

/// <summary>Names, kinds of relations, large values and cursors of a database.</summary>
public sealed class PostgresValueTests(SourceServer server) : IClassFixture<SourceServer>
{
    private const string Id =
        "name: id, logicalType: integer, physicalType: bigint, required: true, primaryKey: true, primaryKeyPosition: 1";

    /// <summary>Bytes of a record's CSV besides a text in <c>1,text</c>: quotation marks, comma, line end, 1.</summary>
    private const int RecordFrame = 7;

    private const int Limit = 64 << 20;

    [Theory]
    [InlineData("My Schema.My Table", "My Schema", "My Table")]
    [InlineData("\"my.schema\".\"a \"\"b\"\"\"", "my.schema", "a \"b\"")]
    [InlineData("public.Line", "public", "Line")]
    public async Task Names_OfAnyCharacters_AreRead(string relation, string schema, string name)
    {
        string table = $"{Quoted(schema)}.{Quoted(name)}";
        await server.RunAsync($"create schema if not exists {Quoted(schema)}; drop table if exists {table}; create "
            + $"table {table} (\"ID\" bigint, \"with \"\"quote\" text, \"dot.col\" text, \"ünï\" text); insert into "
            + $"{table} values (1, 'q', 'd', 'u')");
        using IngestLake lake = server.Lake(
            $"relation: '{relation}', mode: snapshot, rename: {{ id: ID, wq: 'with \"quote', dc: dot.col, un: ünï }}",
            [Id, "name: wq, logicalType: string", "name: dc, logicalType: string", "name: un, logicalType: string"]);

        await lake.RunAsync();

        Assert.Equal(["1, q, d, u"], await lake.RowsAsync());
    }

    [Theory]
    [InlineData("create table r (id bigint, note text generated always as ('g' || id) stored); "
        + "insert into r values (1), (2)", "1, g1|2, g2")]
    [InlineData("create table r (id bigint, note text) partition by list (id); create table r1 partition of r for "
        + "values in (1); create table r2 partition of r default; insert into r values (1, 'a'), (2, 'b')",
        "1, a|2, b")]
    [InlineData("create table r (id bigint, note text); create table c () inherits (r); insert into r values (1, 'a'); "
        + "insert into c values (2, 'b')", "1, a|2, b")]
    [InlineData("create view r as select 1::bigint as id, 'v' as note", "1, v")]
    [InlineData("create materialized view r as select 1::bigint as id, 'm' as note", "1, m")]
    [InlineData("create domain whole as bigint; create table r (id whole, note text); insert into r values (1, 'd')",
        "1, d")]
    [InlineData("create table r (id bigint, note text)", "")]
    public async Task Relations_OfEachKind_Land(string create, string rows)
    {
        await ResetAsync(create);
        using IngestLake lake = server.Lake("relation: k.r, mode: snapshot", [Id, "name: note, logicalType: string"]);

        StepOutcome landed = await lake.LandAsync();
        await lake.EnrichAsync();

        Assert.Empty(landed.LeftOut);
        Assert.Equal(rows.Length == 0 ? [] : rows.Split('|'), await lake.RowsAsync());
        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);
    }

    [Fact]
    public async Task RowLevelSecurity_ThatHidesRows_IsSaidByEveryRun()
    {
        await ResetAsync("create table r (id bigint); insert into r values (1), (2), (3); do $$ begin if not exists "
            + "(select from pg_roles where rolname = 'half') then create role half login; end if; end $$; alter role "
            + $"half password '{server.Running.SuperuserPassword}'; grant usage on schema k to half; grant select on r "
            + "to half; create policy few on r to half using (id < 3); alter table r enable row level security");
        using IngestLake lake = server.Lake("relation: k.r, mode: snapshot", [Id], source: server.Source("half"));

        StepOutcome first = await lake.LandAsync();
        StepOutcome again = await lake.LandAsync();

        Assert.Equal((StepState.Done, 2), (first.State, first.Rows));
        Assert.Equal(StepState.UpToDate, again.State);
        Assert.All([first, again], o => Assert.Equal(
            "row level security of k.r hides rows from the source's user: t has those that its policies show",
            Assert.Single(o.Warnings)));
        using IngestLake whole = server.Lake("relation: k.r, mode: snapshot", [Id]);
        Assert.Empty((await whole.LandAsync()).Warnings);
    }

    [Fact]
    public async Task Values_OfTensOfMegabytes_AreAsInTheSource()
    {
        await ResetAsync("create table r (id bigint, note text, b bytea); insert into r values (1, repeat('äx', "
            + "10000000), decode(repeat('00ff', 5000000), 'hex')), (2, '', null)");
        using IngestLake lake = server.Lake(
            "relation: k.r, mode: upsert",
            [Id, "name: note, logicalType: string", "name: b, logicalType: string, physicalType: binary"]);

        await lake.RunAsync();

        Assert.Equal(
            ["1, 20000000, äxä, 10000000", "2, 0, , NULL"],
            await lake.RowsAsync("id, length(note), note[1:3], octet_length(b)"));
        Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Rows_UpToTheLimit_Land(int above, bool lands)
    {
        string length = (Limit - RecordFrame + above).ToString(CultureInfo.InvariantCulture);
        await ResetAsync("create table r (id bigint, note text); insert into r values (1, 'small'), (2, repeat('x', "
            + $"{length})), (3, 'small')");
        using IngestLake lake = server.Lake("relation: k.r, mode: snapshot", [Id, "name: note, logicalType: string"]);

        StepOutcome outcome = await lake.LandAsync();

        Assert.Equal(
            lands ? [] :
            [
                "LF4282 t from k.r (row 2 of the copy has more than 64 MiB of text, of which a byte of bytea takes "
                    + "two; read a view that leaves the large value out)",
            ],
            outcome.LeftOut.Select(l => $"{l.Code} {l}"));
        Assert.Equal(lands ? (StepState.Done, 3) : (StepState.UpToDate, 0), (outcome.State, outcome.Rows));
    }

    /// <summary>More than the pool's memory together, in fewer rows than DuckDB works on at once.</summary>
    [Fact]
    public async Task Rows_LargeAndMany_LandInThePoolsMemory()
    {
        await ResetAsync("create view r as select i::bigint as id, repeat(md5(i::text), 1 << 17) as note "
            + "from generate_series(1, 270) i");
        using IngestLake lake = server.Lake("relation: k.r, mode: snapshot", [Id, "name: note, logicalType: string"]);

        StepOutcome outcome = await lake.LandAsync();

        Assert.Empty(outcome.LeftOut);
        Assert.Equal(270, outcome.Rows);
    }

    [Fact]
    public async Task Rows_ThatNeedMoreThanThePoolsMemory_AreLeftOut()
    {
        await ResetAsync("create view r as select 1::bigint as id, repeat('x', 60000000) as note");
        await server.RunAsync("create table k.line (id bigint, note text)");
        using IngestLake lake = server.Lake(
            "relation: k.r, mode: snapshot", [Id, "name: note, logicalType: string"],
            "relation: k.line, mode: snapshot");
        lake.MemoryBytes = 256 << 20;

        StepOutcome outcome = await lake.LandAsync();

        Assert.Equal(StepState.Done, outcome.State);
        Assert.Equal(
            "LF4285 t from k.r (its rows need more memory than the pool's 256 MiB; give the pool more)",
            $"{outcome.LeftOut.Single().Code} {outcome.LeftOut.Single()}");
    }

    /// <summary>Each value is greater than the one before: it is read with that one, and then nothing is.</summary>
    [Theory]
    [InlineData("numeric", 0)]
    [InlineData("numeric", 1)]
    [InlineData("numeric(38,19)", 0)]
    [InlineData("numeric(100,40)", 2)]
    public async Task Cursors_Decimal_OrderExactly(string type, int overlap)
    {
        string[] values =
        [
            "-123456789012345678.5", "-123456789012345678.25", "-2.0000000000001", "-2.00000000000009",
            "-0.0000000000000000002", "0", "0.00000000000000001", "1.00000000001", "1.000000000011", "9.5", "10",
            "123456789012345678.5",
        ];
        await ResetAsync($"create table r (id bigint, at {type}); insert into r values (0, null)");
        using IngestLake lake = server.Lake(
            $"relation: k.r, mode: append, cursor: at, overlap: {overlap}",
            [Id, "name: at, logicalType: number, physicalType: \"decimal(38,19)\""]);
        foreach (string value in values)
        {
            await server.RunAsync($"insert into k.r values (1, {value})");
            Assert.Equal(StepState.Done, (await lake.LandAsync()).State);
            string cursor = (await lake.RegisterAsync()).Entries[^1].Cursor!;
            Assert.Equal(
                value, cursor.Contains('.', StringComparison.Ordinal) ? cursor.TrimEnd('0').TrimEnd('.') : cursor);
            Assert.Equal(StepState.UpToDate, (await lake.LandAsync()).State);
        }
    }

    /// <summary>What PostgreSQL's condition gives is what is expected, for values that DuckDB lacks too.</summary>
    [Theory]
    [InlineData("numeric", "('NaN'), ('Infinity'), ('-Infinity'), (1e40), (1e40 - 1), (1e-30), (null)")]
    [InlineData("date", "('infinity'), ('-infinity'), ('5874897-12-31'), ('0044-03-15 BC'), ('2026-01-01'), (null)")]
    [InlineData("timestamp", "('infinity'), ('-infinity'), ('294276-12-31'), ('0044-03-15 BC'), ('2026-01-01')")]
    [InlineData("timestamptz", "('infinity'), ('-infinity'), ('294276-12-31'), ('0044-03-15 BC'), ('2026-01-01')")]
    public async Task Cursors_Extreme_ComeToRest(string type, string values)
    {
        await ResetAsync($"create table r (at {type}); insert into r values {values}");
        string contract = type == "numeric" ? "number, physicalType: \"decimal(38,2)\""
            : type == "date" ? type : "timestamp";
        using IngestLake lake = server.Lake(
            "relation: k.r, mode: append, cursor: at, overlap: 1", [$"name: at, logicalType: {contract}"]);

        StepOutcome[] outcomes = [await lake.LandAsync(), await lake.LandAsync(), await lake.LandAsync()];

        Assert.Equal([StepState.Done, StepState.UpToDate, StepState.UpToDate], outcomes.Select(o => o.State));
    }

    [Theory]
    [InlineData("numeric(3,5)", "0.00123")]
    [InlineData("numeric(5,-2)", "123400")]
    [InlineData("numeric", "1234567890123456789012345678901234567890.5")]
    public async Task Numerics_OfAnyDigits_AreTextInRaw(string type, string value)
    {
        await ResetAsync($"create table r (note {type}); insert into r values ({value})");
        using IngestLake lake = server.Lake("relation: k.r, mode: snapshot", ["name: note, logicalType: string"]);
        await lake.RunAsync();
        Assert.Equal([value], await lake.RowsAsync());
    }

    [Fact]
    public async Task Dates_BeforeTheFirstYear_AreQuarantined()
    {
        await ResetAsync("create table r (id bigint, d date, at timestamptz); insert into r values "
            + "(1, '0044-03-15 BC', null), (2, null, '0044-03-15 12:00+00 BC'), (3, '0001-01-01', '2026-01-01Z')");
        using IngestLake lake = server.Lake(
            "relation: k.r, mode: snapshot", [Id, "name: d, logicalType: date", "name: at, logicalType: timestamp"],
            threshold: 1);
        await lake.RunAsync();
        Assert.Equal(["3, 0001-01-01, 2026-01-01 00:00:00+00"], await lake.RowsAsync("id, d, \"at\""));
        Assert.Equal(["1, d", "2, at"], await lake.RowsAsync("_row, column_name", "t__quarantine"));
    }

    /// <summary>No patience of ours ends a query, and it says how far it is.</summary>
    [Fact]
    public async Task Query_Slow_SaysHowFarItIs()
    {
        await ResetAsync("create view r as select i::bigint as id, repeat('x', 10000) as note, pg_sleep(0.1)::text "
            + "from generate_series(1, 10) i");
        using IngestLake lake = server.Lake("relation: k.r, mode: snapshot", [Id, "name: note, logicalType: string"]);

        await lake.LandAsync();

        Assert.True(lake.Reports.Select(r => r.RowsDone).Distinct().Count() > 3);
    }

    [Theory]
    [InlineData("a", "schema.table in the database's capitals")]
    [InlineData("a.b.c", "a part with dots or quotation marks stands in quotation marks")]
    [InlineData("a.b\"c", "'\"a.b\".\"c \"\"d\"\"\"'")]
    public void Relation_Unreadable_SaysWhatToWrite(string relation, string words)
    {
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(
            () => server.Lake($"relation: '{relation}', mode: snapshot", [Id]));
        Assert.Contains("LF1014", refused.Message, StringComparison.Ordinal);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private Task ResetAsync(string create) =>
        server.RunAsync("drop schema if exists k cascade; create schema k; set search_path = k; " + create);
}
