using Landfall.Estate;

namespace Landfall.Sql.Tests.Macros;

public sealed class MacroTests(SqlFixture fixture) : IClassFixture<SqlFixture>
{
    [Theory]
    [MemberData(nameof(MacroCases.All), MemberType = typeof(MacroCases))]
    public void Expand_Macro_AnswersOnDuckDb(string expression, string expected) =>
        Assert.Equal(expected, fixture.Value(expression));

    [Theory]
    [InlineData("@month(timestamptz '2024-03-01 00:30:00+01')", "2024-02-01")]
    [InlineData("@month(timestamptz '2024-02-29 23:59:59.999999+00')", "2024-02-01")]
    [InlineData("@date_diff_days(timestamptz '2024-03-01 00:30:00+01', date '2024-03-01')", "1")]
    [InlineData("@to_zone(timestamptz '2024-06-30 23:30:00+00', 'Europe/Berlin')", "2024-07-01 01:30:00")]
    public void Expand_MacroOfInstant_CountsInUtc(string expression, string expected) =>
        Assert.Equal(expected, fixture.Value(expression));

    [Fact]
    public void Expand_StringAgg_OrdersAndPutsNullsFirst() => Assert.Equal("c,a,b", fixture.Row(SqlCompiler.Expand(
        "select @string_agg(v.x, ',', v.o) as s from (values ('a', 1), ('b', 2), ('c', null)) as v(x, o)")));

    [Theory]
    [InlineData("decimal(18,7)", "0.0000001", "3", "@div_dec(v.a, v.b, 18, 6)")]
    [InlineData("decimal(18,7)", "3", "0.0000001", "@div_dec(v.a, v.b, 18, 6)")]
    [InlineData("double", "0.1234567", "3", "@div_dec(v.a, v.b, 18, 6)")]
    [InlineData("decimal(38,0)", "1000000", "1", "@div_dec(v.a, v.b, 6, 2)")]
    [InlineData("decimal(38,0)", "99999999999999999999999999999999", "1", "@div_dec(v.a, v.b, 18, 6)")]
    public void DivDec_OutsideItsBounds_IsAnError(string type, string a, string b, string macro)
    {
        string sql = SqlCompiler.Expand(
            $"select cast({macro} as varchar) from (select cast(x as {type}) as a, cast(y as {type}) as b"
            + $" from (values ('{a}', '{b}')) as w(x, y)) as v");

        Assert.ThrowsAny<LandfallException>(() => fixture.Row(sql));
    }

    [Theory]
    [InlineData("select '@month(x)'")]
    [InlineData("select 1 -- @month(x\n, 2")]
    [InlineData("select 1 /* @month( */")]
    [InlineData("select \"@month(x)\"")]
    [InlineData("select $$@month(x)$$")]
    public void Expand_StringsAndComments_AreLeftAlone(string sql) =>
        Assert.Equal(sql, SqlCompiler.Expand(sql));

    [Theory]
    [InlineData("@month (x)", "cast(date_trunc('month', x) as date)")]
    [InlineData("@MONTH(x)", "cast(date_trunc('month', x) as date)")]
    [InlineData("@month(f(a, ')'))", "cast(date_trunc('month', (f(a, ')'))) as date)")]
    [InlineData("@month(a -- why\n)", "cast(date_trunc('month', a) as date)")]
    [InlineData("@month(a + (b, c))", "cast(date_trunc('month', (a + (b, c))) as date)")]
    public void Expand_Arguments_AreBalanced(string sql, string expected) =>
        Assert.Equal(expected, SqlCompiler.Expand(sql));

    [Theory]
    [InlineData("@month(")]
    [InlineData("@month")]
    [InlineData("@month()")]
    [InlineData("@month(a, b)")]
    [InlineData("@div_dec(a, b, 19, 2)")]
    [InlineData("@div_dec(a, b, 18, 13)")]
    [InlineData("@div_dec(a, b, 2, 3)")]
    [InlineData("@div_dec(a, b, 18, -1)")]
    [InlineData("@format_date(a, 'YYYY')")]
    [InlineData("@re_like(a, b)")]
    [InlineData("@re_like(a, '(?i)x')")]
    [InlineData("@re_like(a, '[[:alpha:]]')")]
    [InlineData("@re_like(a, 'x++')")]
    [InlineData("@re_like(a, '\\d')")]
    [InlineData("@re_like(a, 'é')")]
    [InlineData("@re_like(a, '[x')")]
    [InlineData("@re_extract(a, '(x)', 2)")]
    [InlineData("@re_replace(a, 'x', '$1')")]
    [InlineData("@json_str(a, 'a.b')")]
    [InlineData("@json_str(a, '$.a[0]')")]
    [InlineData("@unknown(a)")]
    public void Expand_WrongCall_IsAnError(string sql)
    {
        var error = Assert.Throws<LandfallException>(() => SqlCompiler.Expand(sql));

        Assert.Contains(error.Code, new[] { SqlCodes.MacroArguments, SqlCodes.UnknownMacro });
    }
}
