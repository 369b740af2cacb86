using Landfall.Estate;
using Landfall.Estate.Types;

namespace Landfall.Sql.Tests;

/// <summary>Tables get an engine's names, columns keep theirs, and places lead back to the file.</summary>
public sealed class TableRenamerTests
{
    private static readonly Dictionary<TableName, string> Relations = new()
    {
        [new("z", "u", "sale")] = "`v1`",
        [new("z", "u", "item")] = "`v2`",
    };

    [Theory]
    [InlineData("select s.a from z.u.sale as s", "select s.a from `v1` as s")]
    [InlineData("select s.a from z.u.sale s", "select s.a from `v1` s")]
    [InlineData("select sale.a from z.u.sale", "select sale.a from `v1` as `sale`")]
    [InlineData(
        "select z.u.sale.a from z.u.sale where z.u.sale.a > 1",
        "select `sale`.a from `v1` as `sale` where `sale`.a > 1")]
    [InlineData("select u.sale.a from z.u.sale", "select `sale`.a from `v1` as `sale`")]
    [InlineData("select a from Z . \"u\" /* . */ . SALE", "select a from `v1` as `sale`")]
    [InlineData("select a from z.u.sale, z.u.item i", "select a from `v1` as `sale`, `v2` i")]
    [InlineData(
        "select a from z.u.sale left join z.u.item on true",
        "select a from `v1` as `sale` left join `v2` as `item` on true")]
    [InlineData("select 'z.u.sale', x.y.z from x -- z.u.sale", "select 'z.u.sale', x.y.z from x -- z.u.sale")]
    [InlineData(
        "select a from (select a from z.u.sale) where a in (select a from z.u.item)",
        "select a from (select a from `v1` as `sale`) where a in (select a from `v2` as `item`)")]
    public void Compile_OfTables_NamesRelations(string query, string renamed)
    {
        EngineQuery compiled = Compile(query);

        Assert.Equal($"select\n    cast(`a` as int) as `a`\nfrom (\n{renamed}\n) as result", compiled.Text);
    }

    [Fact]
    public void Locate_OfWhatTheFileHas_IsItsPlace()
    {
        const string query =
            "select\n    @int_div(sale.a, 2) as a,\n    sale.bad as b\nfrom z.u.sale\nwhere sale.late > 0\n";
        EngineQuery compiled = Compile(query);

        string Place(string piece) =>
            compiled.Locate(compiled.Text.IndexOf(piece, StringComparison.Ordinal))?.ToString() ?? "none";

        Assert.Equal("m.sql:2:5", Place("div nullif"));
        Assert.Equal("m.sql:3:5", Place("sale.bad"));
        Assert.Equal("m.sql:4:6", Place("`v1` as"));
        Assert.Equal("m.sql:5:7", Place("sale.late"));
        Assert.Equal("none", Place("cast(`a` as int) as `a`"));
        Assert.Equal("none", Place("\n) as result"));
    }

    private static EngineQuery Compile(string query) =>
        SqlCompiler.Compile("m.sql", query, [("a", DataType.Int)], Relations, SqlDialect.Spark);
}
