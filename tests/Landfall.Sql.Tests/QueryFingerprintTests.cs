using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Sql.Macros;

namespace Landfall.Sql.Tests;

public sealed class QueryFingerprintTests
{
    private const string Query =
        "select @month(t.d) as m, count(*) as n, 'A' as a from z.u.t as t group by @month(t.d)";

    [Theory]
    [InlineData("SELECT @MONTH(t.d) AS m,\n  COUNT(*) as n, 'A' as a FROM z.u.t as T group by @month( t.d );")]
    [InlineData("-- x\nselect @month(t.d) as m, count(*) as n, 'A' as a /* y */ from z.u.t as t group by @month(t.d)")]
    [InlineData("select\t@month(t.d)as m,count(*)as n,'A'as a from z.u.t as t group by @month(t.d)\n\n")]
    public void Of_OtherWords_IsTheSame(string query) => Assert.Equal(Of(Query), Of(query));

    [Theory]
    [InlineData("select @month(t.d) as m, count(*) as n, 'a' as a from z.u.t as t group by @month(t.d)")]
    [InlineData("select @month(t.e) as m, count(*) as n, 'A' as a from z.u.t as t group by @month(t.e)")]
    [InlineData("select @month(t.d) as m, count(*) as n, \"A\" as a from z.u.t as t group by @month(t.d)")]
    [InlineData("select @month(t.d) as m, count(*) as n, 'A ' as a from z.u.t as t group by @month(t.d)")]
    public void Of_OtherMeaning_Differs(string query) => Assert.NotEqual(Of(Query), Of(query));

    [Fact]
    public void Of_TokensThatJoin_Differ()
    {
        Assert.NotEqual(Of("select ab"), Of("select a b"));
        Assert.NotEqual(Of("select 'a''b'"), Of("select 'a' 'b'"));
        Assert.NotEqual(Of("select 1 2"), Of("select 12"));
    }

    [Fact]
    public void Of_IncrementalRule_CountsByItsTokens()
    {
        string whole = Of(Query);
        string byMonth = Of(Query, "m", "@month(d)");

        Assert.NotEqual(whole, byMonth);
        Assert.Equal(byMonth, Of(Query, "m", "@MONTH( d )"));
        Assert.NotEqual(byMonth, Of(Query, "m", "@month(e)"));
        Assert.NotEqual(byMonth, Of(Query, "n", "@month(d)"));
    }

    /// <summary>Lakes hold these: another value builds every table anew.</summary>
    [Fact]
    public void Of_KnownQuery_IsWhatLakesHold()
    {
        Assert.StartsWith("2:", Of(Query), StringComparison.Ordinal);
        Assert.Equal(34, Of(Query).Length);
    }

    /// <summary>A table that was built when <c>count_if</c> was null where nothing counts is built anew.</summary>
    [Fact]
    public void Of_RedefinedFunction_IsNotWhatItWas()
    {
        const string Of1 = "2:7286f3d5ac39a6f8e24fc4b3bd4b6e8c";

        Assert.NotEqual(Of1, Of("select count_if(t.a) as n from z.u.t as t"));
        Assert.Equal(Of("select count_if(t.a) as n from z.u.t as t"), Of("select COUNT_IF (t.a) as n from z.u.t as t"));
        Assert.Equal("select count(null or t.a) as n",
            SqlCompiler.Expand("select count_if(t.a) as n"));
    }

    [Fact]
    public void Meaning_OfAMacro_IsOfNoDialect()
    {
        MacroDefinition macro = MacroCatalogue.All["month"];

        Assert.Equal("@month(x) 1", macro.Meaning);
        Assert.NotEqual(macro.Meaning, (macro with { Version = 2 }).Meaning);
        Assert.Equal(macro.Meaning, (macro with { DuckDb = "other", Spark = "other" }).Meaning);
    }

    private static string Of(string query, string? column = null, string? expression = null) => QueryFingerprint.Of(
        query, column, expression is null
            ? ImmutableSortedDictionary<TableName, string>.Empty
            : ImmutableSortedDictionary<TableName, string>.Empty.Add(new("z", "u", "t"), expression));
}
