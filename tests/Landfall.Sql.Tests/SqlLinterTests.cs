using Landfall.Estate.Diagnostics;

namespace Landfall.Sql.Tests;

public sealed class SqlLinterTests(SqlFixture fixture) : IClassFixture<SqlFixture>
{
    [Theory]
    [InlineData("select t.a from", SqlCodes.Syntax)]
    [InlineData("selec 1", SqlCodes.Syntax)]
    [InlineData("select 'open", SqlCodes.Syntax)]
    [InlineData("", SqlCodes.NotOneSelect)]
    [InlineData("-- nothing", SqlCodes.NotOneSelect)]
    [InlineData("select 1 as a; select 2 as a", SqlCodes.NotOneSelect)]
    [InlineData("insert into z.u.t select 1", SqlCodes.NotOneSelect)]
    [InlineData("copy z.u.t to 'x'", SqlCodes.NotOneSelect)]
    [InlineData("pivot z.u.t on a using sum(b)", SqlCodes.NotOneSelect)]
    [InlineData("describe z.u.t", SqlCodes.NotOneSelect)]
    [InlineData("select t.a from t", SqlCodes.TableName)]
    [InlineData("select t.a from u.t as t", SqlCodes.TableName)]
    [InlineData("select t.a from 'x.parquet' as t", SqlCodes.TableFunction)]
    [InlineData("select t.a from \"x.parquet\" as t", SqlCodes.TableFunction)]
    [InlineData("select t.a from read_csv('x') as t", SqlCodes.TableFunction)]
    [InlineData("select t.a from range(3) as t(a)", SqlCodes.TableFunction)]
    [InlineData("select @mont(t.a) as m from z.u.t as t", SqlCodes.UnknownMacro)]
    [InlineData("select @month(t.a, 1) as m from z.u.t as t", SqlCodes.MacroArguments)]
    [InlineData("select @div_dec(t.a, t.b, 18, t.c) as m from z.u.t as t", SqlCodes.MacroArguments)]
    [InlineData("select * from z.u.t", SqlCodes.Star)]
    [InlineData("select t.* from z.u.t as t", SqlCodes.Star)]
    [InlineData("select * exclude (a) from z.u.t", SqlCodes.Star)]
    [InlineData("select * replace (a + 1 as a) from z.u.t", SqlCodes.Star)]
    [InlineData("select columns('a.*') from z.u.t", SqlCodes.Star)]
    [InlineData("from z.u.t", SqlCodes.Star)]
    [InlineData("select t.a + 1 from z.u.t as t", SqlCodes.OutputName)]
    [InlineData("select t.a, t.b as A from z.u.t as t", SqlCodes.OutputName)]
    [InlineData("select cast(t.a as double) / t.b as c from z.u.t as t", SqlCodes.ZeroDivisor)]
    [InlineData("select t.a % t.b as c from z.u.t as t", SqlCodes.ZeroDivisor)]
    [InlineData("select mod(t.a, 0) as c from z.u.t as t", SqlCodes.ZeroDivisor)]
    [InlineData("select t.a // 2 as c from z.u.t as t", SqlCodes.IntegerDivision)]
    [InlineData("select row_number() over (order by t.a) as n from z.u.t as t", SqlCodes.NullOrder)]
    [InlineData("select t.a from z.u.t as t order by t.a limit 3", SqlCodes.NullOrder)]
    [InlineData("select count(distinct t.a, t.b) as n from z.u.t as t", SqlCodes.CountDistinctMany)]
    [InlineData("select t.a from z.u.t as t qualify t.a > 1", SqlCodes.Qualify)]
    [InlineData("select t.a, sum(t.b) as b from z.u.t as t group by all", SqlCodes.ByAll)]
    [InlineData("select t.a from z.u.t as t order by all", SqlCodes.ByAll)]
    [InlineData("select t.a from z.u.t as t using sample 3", SqlCodes.Clause)]
    [InlineData("select t.a from z.u.t as t tablesample 10%", SqlCodes.Clause)]
    [InlineData("select t.a from z.u.t as t union by name select s.a from z.u.s as s", SqlCodes.Clause)]
    [InlineData("select t.a from z.u.t as t asof join z.u.s as s on t.b >= s.b", SqlCodes.Clause)]
    [InlineData("select t.a from z.u.t as t positional join z.u.s as s", SqlCodes.Clause)]
    [InlineData("select t.a from z.u.t as t natural join z.u.s as s", SqlCodes.Clause)]
    [InlineData("select distinct on (t.a) t.b from z.u.t as t", SqlCodes.Clause)]
    [InlineData("select t.a from z.u.t as t at (version => 3)", SqlCodes.Clause)]
    [InlineData("with recursive r as (select 1 as a union all select r.a + 1 as a from r) select r.a from r",
        SqlCodes.Clause)]
    [InlineData("select lag(t.a ignore nulls) over (order by t.b nulls first) as c from z.u.t as t", SqlCodes.Clause)]
    [InlineData("select t.a collate nocase as a from z.u.t as t", SqlCodes.Clause)]
    [InlineData("select t.a from z.u.t as t order by t.a nulls first limit 10%", SqlCodes.Clause)]
    [InlineData("select [t.a] as a from z.u.t as t", SqlCodes.NestedValue)]
    [InlineData("select {'a': t.a} as a from z.u.t as t", SqlCodes.NestedValue)]
    [InlineData("select map {'a': 1} as a from z.u.t as t", SqlCodes.NestedValue)]
    [InlineData("select t.a[1] as a from z.u.t as t", SqlCodes.NestedValue)]
    [InlineData("select list_transform(t.a, lambda x: x + 1) as a from z.u.t as t", SqlCodes.NestedValue)]
    [InlineData("select unnest(t.a) as a from z.u.t as t", SqlCodes.NestedValue)]
    [InlineData("select t.a -> 'x' as a from z.u.t as t", SqlCodes.NestedValue)]
    [InlineData("select now() as a from z.u.t as t", SqlCodes.NonDeterministic)]
    [InlineData("select current_timestamp as a from z.u.t as t", SqlCodes.NonDeterministic)]
    [InlineData("select current_date as a from z.u.t as t", SqlCodes.NonDeterministic)]
    [InlineData("select random() as a from z.u.t as t", SqlCodes.NonDeterministic)]
    [InlineData("select any_value(t.a) as a from z.u.t as t", SqlCodes.NonDeterministic)]
    [InlineData("select first(t.a) as a from z.u.t as t", SqlCodes.NonDeterministic)]
    [InlineData("select mode(t.a) as a from z.u.t as t", SqlCodes.NonDeterministic)]
    [InlineData("select approx_count_distinct(t.a) as a from z.u.t as t", SqlCodes.NonDeterministic)]
    [InlineData("select row_number() over (partition by t.a) as a from z.u.t as t", SqlCodes.NonDeterministic)]
    [InlineData("select concat(t.a, t.b) as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select split(t.a, ',') as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select regexp_replace(t.a, 'x', 'y') as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select t.a from z.u.t as t where t.a similar to 'x'", SqlCodes.DifferingFunction)]
    [InlineData("select strftime(t.a, '%Y') as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select dayofweek(t.a) as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select extract(dow from t.a) as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select date_part('week', t.a) as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select datediff('day', t.a, t.b) as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select t.a at time zone 'UTC' as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select string_agg(t.a, ',') as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select t.a ->> 'x' as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select t.a ^ 2 as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select lowr(t.a) as a from z.u.t as t", SqlCodes.UnknownFunction)]
    [InlineData("select s.lower(t.a) as a from z.u.t as t", SqlCodes.UnknownFunction)]
    [InlineData("select getvariable2(t.a) as a from z.u.t as t", SqlCodes.UnknownFunction)]
    [InlineData("select try(t.a) as a from z.u.t as t", SqlCodes.UnknownFunction)]
    [InlineData("select substr(t.a, 0, 2) as a from z.u.t as t", SqlCodes.Position)]
    [InlineData("select substring(t.a from -1) as a from z.u.t as t", SqlCodes.Position)]
    [InlineData("select left(t.a, -1) as a from z.u.t as t", SqlCodes.Position)]
    [InlineData("select split_part(t.a, ',', 0) as a from z.u.t as t", SqlCodes.Position)]
    [InlineData("select t.a + 1 as b from z.u.t as t where b > 3", SqlCodes.AliasInWhere)]
    [InlineData("select 'a\\n' as a from z.u.t as t", SqlCodes.Token)]
    [InlineData("select e'a' as a from z.u.t as t", SqlCodes.Token)]
    [InlineData("select $$a$$ as a from z.u.t as t", SqlCodes.Token)]
    [InlineData("select timestamp '2024-01-01 00:00:00+01:00' as a from z.u.t as t", SqlCodes.Token)]
    [InlineData("select timestamp '2024-01-01 00:00:00Z' as a from z.u.t as t", SqlCodes.Token)]
    [InlineData("select max_by(t.a, t.b) as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select trim(t.a, 'x') as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select quantile_cont(t.a, 0.5) as a from z.u.t as t", SqlCodes.UnknownFunction)]
    [InlineData("select 1_000 as a from z.u.t as t", SqlCodes.Token)]
    [InlineData("select a: t.a from z.u.t as t", SqlCodes.Token)]
    [InlineData("select t.a, from z.u.t as t", SqlCodes.Token)]
    [InlineData("select t.a from z.u.t as t where t.a == 1", SqlCodes.Token)]
    [InlineData("select t.a from z.u.t as t where t.a isnull", SqlCodes.Token)]
    [InlineData("select t.a from z.u.t as t limit 3", SqlCodes.UnorderedLimit)]
    [InlineData("select $1 as a from z.u.t as t", SqlCodes.Parameter)]
    [InlineData("select #1 as a from z.u.t as t", SqlCodes.Parameter)]
    [InlineData("select cast(t.a as varchar) as a from z.u.t as t", SqlCodes.CastType)]
    [InlineData("select t.a::text as a from z.u.t as t", SqlCodes.CastType)]
    [InlineData("select cast(t.a as decimal) as a from z.u.t as t", SqlCodes.CastType)]
    [InlineData("select cast(t.a as timestamp with time zone) as a from z.u.t as t", SqlCodes.CastType)]
    [InlineData("select cast(t.a as int[]) as a from z.u.t as t", SqlCodes.CastType)]
    [InlineData("select t.a / nullif(t.b, 0) as a from z.u.t as t", SqlCodes.InexactDivision)]
    [InlineData("select avg(t.a) as a from z.u.t as t", SqlCodes.InexactDivision)]
    [InlineData("select cast(2.5 as int) as a from z.u.t as t", SqlCodes.IntegerCast)]
    [InlineData("select cast(cast(t.a as double) * 2 as bigint) as a from z.u.t as t", SqlCodes.IntegerCast)]
    [InlineData("select t.a + interval 1 day as a from z.u.t as t", SqlCodes.Interval)]
    [InlineData("select left(t.a, t.b) as a from z.u.t as t", SqlCodes.Position)]
    [InlineData("select substr(t.a, t.b) as a from z.u.t as t", SqlCodes.Position)]
    [InlineData("select substr(t.a, 1, position('x' in t.a) - 1) as a from z.u.t as t", SqlCodes.Position)]
    [InlineData("select lpad(t.a, t.b, 'x') as a from z.u.t as t", SqlCodes.Position)]
    [InlineData("select lpad(t.a, 3, '') as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select lpad(t.a, 3, t.b) as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select split_part(t.a, t.b, 1) as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select round(t.a, -1) as a from z.u.t as t", SqlCodes.Position)]
    [InlineData("select round(t.a, t.b) as a from z.u.t as t", SqlCodes.Position)]
    [InlineData("select lag(t.a, t.b) over (order by t.b nulls first) as a from z.u.t as t", SqlCodes.Position)]
    [InlineData("select lag(t.a, -1) over (order by t.b nulls first) as a from z.u.t as t", SqlCodes.Position)]
    [InlineData("select ntile(t.a) over (order by t.b nulls first) as a from z.u.t as t", SqlCodes.Position)]
    [InlineData("select nth_value(t.a, 0) over (order by t.b nulls first) as a from z.u.t as t", SqlCodes.Position)]
    [InlineData("select date_trunc('decade', t.a) as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select date_trunc(t.b, t.a) as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select reverse(t.a) as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select corr(t.a, t.b) as a from z.u.t as t", SqlCodes.DifferingFunction)]
    [InlineData("select min(t.a, 3) as a from z.u.t as t", SqlCodes.UnknownFunction)]
    [InlineData("select make_date(t.a) as a from z.u.t as t", SqlCodes.UnknownFunction)]
    [InlineData("select greatest(t.a) as a from z.u.t as t", SqlCodes.UnknownFunction)]
    [InlineData("select sum(t.a order by t.b) as a from z.u.t as t", SqlCodes.Clause)]
    [InlineData("select median(distinct t.a) as a from z.u.t as t", SqlCodes.Clause)]
    [InlineData("select count(distinct t.a) over (partition by t.b) as a from z.u.t as t", SqlCodes.Clause)]
    [InlineData("select median(t.a) over (partition by t.b) as a from z.u.t as t", SqlCodes.Clause)]
    [InlineData("select sum(t.a) over (order by t.b nulls first groups 1 preceding) as a from z.u.t as t",
        SqlCodes.Clause)]
    [InlineData("select sum(t.a) over (order by t.b nulls first rows between 1 preceding and current row\n"
        + "exclude current row) as a from z.u.t as t", SqlCodes.Clause)]
    [InlineData("select rank() over (order by t.b nulls first rows 1 preceding) as a from z.u.t as t", SqlCodes.Clause)]
    [InlineData("select count(*) as n from z.u.t as t group by ()", SqlCodes.Clause)]
    [InlineData("select t.a, count(*) as n from z.u.t as t group by rollup (t.a)", SqlCodes.Clause)]
    [InlineData("select t.a, count(*) as n from z.u.t as t group by cube (t.a) having count(*) > 1", SqlCodes.Clause)]
    [InlineData("select grouping(t.a, t.b) as n from z.u.t as t group by t.a, t.b", SqlCodes.UnknownFunction)]
    [InlineData("select t.a from z.u.t as t order by t.a nulls first limit (select 3)", SqlCodes.Clause)]
    [InlineData("select t.a from z.u.t as t where t.a = any (select s.a from z.u.s as s)", SqlCodes.Token)]
    [InlineData("select t.a from z.u.t as t where t.a > all (select s.a from z.u.s as s)", SqlCodes.Token)]
    [InlineData("select t.a in (select s.a from z.u.s as s) as b from z.u.t as t", SqlCodes.EngineFault)]
    [InlineData("select t.a from z.u.t as t where t.a = 1 or t.a in (select s.a from z.u.s as s)",
        SqlCodes.EngineFault)]
    [InlineData("select t.a, r.b from z.u.t as t left join lateral (select 1 as b) as r on true", SqlCodes.Token)]
    [InlineData("select 1e400 as a", SqlCodes.Token)]
    [InlineData("select 123456789012345678901234567890123456789 as a", SqlCodes.Token)]
    [InlineData("select @re_replace(t.a, 'x*', 'y') as a from z.u.t as t", SqlCodes.MacroArguments)]
    [InlineData("select @re_like(t.a, 'x{,2}') as a from z.u.t as t", SqlCodes.MacroArguments)]
    [InlineData("select @to_zone(t.a, 'EST') as a from z.u.t as t", SqlCodes.MacroArguments)]
    [InlineData("select @to_zone(t.a, '+02:00') as a from z.u.t as t", SqlCodes.MacroArguments)]
    [InlineData("select @parse_decimal(t.a, 39, 2) as a from z.u.t as t", SqlCodes.MacroArguments)]
    public void Analyze_OutsideTheSubset_ReportsTheCode(string sql, string code)
    {
        Diagnostic[] found = [.. fixture.Analyze(sql).Diagnostics];

        Assert.True(found.Any(d => d.Code == code), string.Join('\n', found.Select(d => d.ToString())));
    }

    [Theory]
    [InlineData("select t.a from z.u.t as t")]
    [InlineData("select t.a from z.u.t as t;")]
    [InlineData("select \"t\".\"a\" from z.u.t as t -- the end")]
    [InlineData("select cast(t.a as double) / nullif(t.b, 0) as c from z.u.t as t")]
    [InlineData("select t.a % 7 as c, mod(t.a, nullif(t.b, 0)) as d from z.u.t as t")]
    [InlineData("select @int_div(t.a, t.b) as c, @div_dec(t.a, t.b, 18, 6) as d from z.u.t as t")]
    [InlineData("select row_number() over (partition by t.a order by t.b desc nulls last) as n from z.u.t as t")]
    [InlineData("select t.a from z.u.t as t order by t.a nulls first limit 3")]
    [InlineData("select t.a from z.u.t as t order by t.a")]
    [InlineData("select count(distinct t.a) as n, count(*) as m, sum(t.a) filter (where t.b > 1) as s from z.u.t as t")]
    [InlineData("select t.a, sum(t.b) as b from z.u.t as t group by rollup (t.a) having count(*) > 0")]
    [InlineData("select t.a, sum(t.b) as b from z.u.t as t group by grouping sets ((t.a), (t.b))")]
    [InlineData("select left(t.a, greatest(position(',' in t.a) - 1, 0)) as a, substr(t.a, instr(t.a, 'x') + 1) as b,\n"
        + "substr(t.a, greatest(t.b, 1), least(length(t.a), 3)) as c, left(t.a, case when t.b > 1 then 2 else 0 "
            + "end) as d,\n"
        + "split_part(t.a, ',', coalesce(greatest(t.b, 2), 1)) as e, lpad(t.a, month(t.c) + 1, '0') as f from z.u.t "
            + "as t")]
    [InlineData("select t.a from z.u.t as t where t.a in (select s.a from z.u.s as s) and t.b > 1\n"
        + "and not t.c in (select s.c from z.u.s as s)")]
    [InlineData("select t.a from z.u.t as t where t.b like t.c and t.b ilike '%x'")]
    [InlineData("select t.a from z.u.t as t semi join z.u.s as s on s.a = t.a")]
    [InlineData("select t.a from z.u.t as t left join z.u.s as s using (a) where s.b is null")]
    [InlineData("select t.a from z.u.t as t cross join z.u.s as s")]
    [InlineData("select t.a from z.u.t as t union all select s.a from z.u.s as s except select r.a from z.u.r as r")]
    [InlineData("select v.a from (values (1), (2)) as v(a)")]
    [InlineData(
        "select t.a || '-' || lower(t.b) as a from z.u.t as t where t.b like 'x%' and t.a is distinct from 'y'")]
    [InlineData("select substr(t.a, 1, 2) as a, left(t.a, 3) as b, split_part(t.a, ',', 1) as c from z.u.t as t")]
    [InlineData("select extract(year from t.a) as y, quarter(t.a) as q, date_trunc('day', t.a) as d from z.u.t as t")]
    [InlineData(
        "select t.a::decimal(18, 2) as a, try_cast(t.b as date) as b, cast(t.c as string) as c from z.u.t as t")]
    [InlineData("select date '2024-01-01' as d, timestamp '2024-01-01 00:00:00' as t from z.u.t as t")]
    [InlineData("select percentile_cont(0.5) within group (order by t.a) as a from z.u.t as t")]
    [InlineData("select avg(cast(t.a as double)) as a from z.u.t as t")]
    [InlineData("select cast(floor(t.a * 1.5) as bigint) as a from z.u.t as t")]
    [InlineData("select case when t.a in (1, 2) then 'x' else coalesce(t.b, 'y') end as c from z.u.t as t")]
    [InlineData(
        "select t.a as b from z.u.t as t where t.a between 1 and 2 and exists (select 1 as one from z.u.s"
        + " as s where s.a = t.a)")]
    [InlineData("select upper(t.name) as name from z.u.t as t where t.name = 'x'")]
    [InlineData("select @string_agg(t.a, ', ', t.b) as s, @month(t.c) as month from z.u.t as t group by @month(t.c)")]
    [InlineData("select 'it''s @month(x) -- no macro' as a /* @nor(this) */ from z.u.t as t -- @neither")]
    [InlineData("select t.a, grouping(t.a) as g from z.u.t as t group by cube (t.a)\n"
        + "having sum(t.b) > 1 and count(*) > 0")]
    public void Analyze_InsideTheSubset_ReportsNothing(string sql) =>
        Assert.Equal([], fixture.Analyze(sql).Diagnostics.Select(d => d.ToString()));

    [Theory]
    [InlineData("select sum(t.a) over (partition by t.b) as s, t.month from z.u.t as t", true)]
    [InlineData("select t.month from z.u.t as t order by t.month nulls first limit 1", true)]
    [InlineData("select sum(t.a) over (partition by t.month, t.b) as s, t.month from z.u.t as t", false)]
    [InlineData("select @month(t.x) as month, sum(t.a) over (partition by @month(t.x)) as s from z.u.t as t", false)]
    [InlineData("select @month(t.x) as month, sum(t.a) over (partition by @month(t.y)) as s from z.u.t as t", true)]
    public void Analyze_WindowOfIncrementalTable_MustStayInsideTheColumn(string sql, bool reported)
    {
        Assert.Equal(reported, fixture.Analyze(sql, "month").Diagnostics.Any(d => d.Code == SqlCodes.AcrossIncrement));
        Assert.DoesNotContain(fixture.Analyze(sql).Diagnostics, d => d.Code == SqlCodes.AcrossIncrement);
    }

    [Theory]
    [InlineData("select\n  t.a,\n  concat(t.a, t.b) as b\nfrom z.u.t as t", 3, 3)]
    [InlineData("select\n  @month(t.a) as m, 'é😀' as e, concat(t.a, t.b) as b\nfrom z.u.t as t", 2, 33)]
    [InlineData("select t.a\nfrom z.u.t as t\njoin nowhere on 1 = 1", 3, 6)]
    [InlineData("select @month(t.a) as m,\n t.a +\nfrom z.u.t as t", 3, 1)]
    [InlineData("select @div_dec(concat(t.a, ''), t.b,\n 18, 6) as m\nfrom z.u.t as t", 1, 17)]
    [InlineData("select t.a,\n    @nonsense(t.a) as b\nfrom z.u.t as t", 2, 5)]
    public void Analyze_Problem_IsReportedAtItsPlaceInTheFile(string sql, int line, int column)
    {
        Diagnostic found = Assert.Single(
            fixture.Analyze(sql).Diagnostics, d => d.Code is not SqlCodes.Syntax || d.Location.Line == line);

        Assert.Equal(new SourceLocation("model.sql", line, column), found.Location);
    }

    [Fact]
    public void Analyze_SeveralProblems_ReportsThemAllInOrder()
    {
        SqlAnalysis analysis = fixture.Analyze(
            "select now() as a, concat(t.b, 'x') as b, t.c // 2 as c\nfrom z.u.t as t\nqualify 1 = 1");

        Assert.Equal(
            [SqlCodes.NonDeterministic, SqlCodes.DifferingFunction, SqlCodes.IntegerDivision, SqlCodes.Qualify],
            analysis.Diagnostics.Select(d => d.Code));
        Assert.All(analysis.Diagnostics, d => Assert.NotNull(d.Hint));
    }

    [Fact]
    public void Analyze_MisspeltName_SaysWhatItMayMean()
    {
        Assert.Contains("lower", fixture.Analyze("select lowr(t.a) as a from z.u.t as t").Diagnostics[0].Hint);
        Assert.Contains("@month", fixture.Analyze("select @mont(t.a) as a from z.u.t as t").Diagnostics[0].Hint);
        Assert.Contains("events", fixture.Analyze(
            "with events as (select t.a from z.u.t as t) select e.a from event as e").Diagnostics[0].Hint);
    }

    [Fact]
    public void Analyze_DeeplyNestedQuery_IsRefusedWithoutCrash()
    {
        string sql = "select " + string.Concat(Enumerable.Repeat("(", 900)) + "1" + new string(')', 900) + " as a";
        string sum = "select " + string.Join(" || ", Enumerable.Repeat("'a'", 900)) + " as a";

        Assert.All([sql, sum], text => Assert.True(
            fixture.Analyze(text).Diagnostics.All(d => d.Code is SqlCodes.TooLarge or SqlCodes.Syntax)));
    }

    [Fact]
    public void Analyze_TextOverTheLimit_IsRefused() =>
        Assert.Contains(fixture.Analyze(new string(' ', SqlParser.TextCharactersMax) + "select 1 as a").Diagnostics,
            d => d.Code == SqlCodes.TooLarge);
}
