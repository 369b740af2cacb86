using Landfall.Estate;

namespace Landfall.Sql.Tests;

public sealed class AdHocQueryTests(SqlFixture fixture) : IClassFixture<SqlFixture>
{
    private static readonly HashSet<TableName> Catalogue = [new("z", "u", "t"), new("z", "u", "s")];

    private AdHocAnalysis Analyze(string sql) => AdHocQuery.Analyze(fixture.Parser, sql, Catalogue);

    [Theory]
    [InlineData("select * from z.u.t")]
    [InlineData("from Z.U.T limit 3;")]
    [InlineData("select a, count(*) from z.u.t group by all order by all")]
    [InlineData(
        "with x as (select * from z.u.t) select x.a / 2 from x join z.u.s using (a) qualify row_number() over () = 1")]
    [InlineData("select * from range(3) as r(n), unnest([1, 2]) as u(m)")]
    [InlineData("select @month(now())")]
    [InlineData("select list_transform([1], lambda x: x + 1), regexp_replace('a', 'b', 'c')")]
    [InlineData("values (1), (2)")]
    public void Analyze_QueryOfTables_IsAllowed(string sql) =>
        Assert.Equal([], Analyze(sql).Diagnostics.Select(d => d.ToString()));

    [Theory]
    [InlineData("select 1; select 2", SqlCodes.NotOneSelect)]
    [InlineData("insert into z.u.t select 1", SqlCodes.NotOneSelect)]
    [InlineData("drop table z.u.t", SqlCodes.NotOneSelect)]
    [InlineData("attach 'x.db'", SqlCodes.NotOneSelect)]
    [InlineData("copy (select 1) to 'x'", SqlCodes.NotOneSelect)]
    [InlineData("pragma version", SqlCodes.NotOneSelect)]
    [InlineData("call pragma_version()", SqlCodes.NotOneSelect)]
    [InlineData("set threads = 1", SqlCodes.NotOneSelect)]
    [InlineData("explain select 1", SqlCodes.NotOneSelect)]
    [InlineData("describe z.u.t", SqlCodes.NotOneSelect)]
    [InlineData("show tables", SqlCodes.NotOneSelect)]
    [InlineData("select * from (summarize z.u.t)", SqlCodes.NotOneSelect)]
    [InlineData("select * from t", SqlCodes.TableName)]
    [InlineData("select * from u.t", SqlCodes.TableName)]
    [InlineData("select * from z.u.x", SqlCodes.UnknownTable)]
    [InlineData("select * from system.information_schema.tables", SqlCodes.UnknownTable)]
    [InlineData("select * from sqlite_master", SqlCodes.TableName)]
    [InlineData("select * from 'x.parquet'", SqlCodes.TableFunction)]
    [InlineData("select * from \"x.parquet\"", SqlCodes.TableFunction)]
    [InlineData("select * from read_parquet('x')", SqlCodes.TableFunction)]
    [InlineData("select * from query('select 1')", SqlCodes.TableFunction)]
    [InlineData("select * from enable_logging(storage := 'file')", SqlCodes.TableFunction)]
    [InlineData("select * from duckdb_settings()", SqlCodes.TableFunction)]
    [InlineData("select (select count(*) from glob('*'))", SqlCodes.TableFunction)]
    [InlineData("with t as (select * from read_text('/etc/passwd')) select * from t", SqlCodes.TableFunction)]
    [InlineData("select current_setting('home_directory')", SqlCodes.ForbiddenFunction)]
    [InlineData("select getvariable('x')", SqlCodes.ForbiddenFunction)]
    [InlineData("select nextval('s')", SqlCodes.ForbiddenFunction)]
    [InlineData("select sleep_ms(10)", SqlCodes.ForbiddenFunction)]
    [InlineData("select write_log('x')", SqlCodes.ForbiddenFunction)]
    [InlineData("select a from z.u.t where json_serialize_sql('x') = ''", SqlCodes.ForbiddenFunction)]
    [InlineData("select a from z.u.t order by pg_get_viewdef(1)", SqlCodes.ForbiddenFunction)]
    [InlineData("select ?", SqlCodes.Parameter)]
    [InlineData("select @nope(1)", SqlCodes.UnknownMacro)]
    public void Analyze_AnythingElse_IsRefused(string sql, string code)
    {
        AdHocAnalysis analysis = Analyze(sql);

        Assert.False(analysis.Allowed);
        Assert.Contains(code, analysis.Diagnostics.Select(d => d.Code));
        Assert.Empty(analysis.Sql);
    }

    [Fact]
    public void Analyze_Query_SaysItsTablesAndExpandsMacros()
    {
        AdHocAnalysis analysis = Analyze("select @month(t.a) from z.u.t as t join z.u.s as s on s.a = t.a;");

        Assert.Equal(["z.u.t", "z.u.s"], analysis.Tables.Select(t => t.Name.ToString()));
        Assert.Equal("select cast(date_trunc('month', t.a) as date) from z.u.t as t join z.u.s as s on s.a = t.a",
            analysis.Sql);
    }
}
