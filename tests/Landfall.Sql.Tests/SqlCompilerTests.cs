using Landfall.Estate;
using Landfall.Estate.Contracts;

namespace Landfall.Sql.Tests;

public sealed class SqlCompilerTests(SqlFixture fixture) : IClassFixture<SqlFixture>
{
    private static readonly ContractTable Contract = SqlFixture.Table("out", "month date", "name string",
        "flag boolean",
        "n int", "big bigint", "ratio double", "net decimal(18,2)", "bytes binary", "latest timestamp");

    [Theory]
    [InlineData(SqlDialect.DuckDb, "duckdb")]
    [InlineData(SqlDialect.Spark, "spark")]
    public void Compile_EveryTypeAndMacro_EqualsTheGoldenOutput(SqlDialect dialect, string name)
    {
        string folder = Path.Combine(SqlFixture.Folder(), "Golden");
        string body = File.ReadAllText(Path.Combine(folder, "every_macro.sql"));

        SqlBinding binding = Bind(body);
        string compiled = (dialect == SqlDialect.Spark
            ? SqlCompiler.Compile(binding.SparkQuery!, Contract) : SqlCompiler.Compile(body, Contract)) + "\n";

        string golden = Path.Combine(folder, $"every_macro.{name}.verified.sql");
        if (Environment.GetEnvironmentVariable("LANDFALL_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(golden, compiled);
        }

        Assert.Equal(File.ReadAllText(golden), compiled);
    }

    private SqlBinding Bind(string body)
    {
        ContractTable fact = SqlFixture.Table(
            "fact", "name string", "seen timestamp", "net decimal(18,2)", "units int", "detail string");
        SqlBinding binding = SqlBinder.Bind(
            fixture.FrontEnd, fixture.Analyze(body),
            new Dictionary<TableName, ContractTable> { [new("z", "u", "fact")] = fact }, Contract);
        Assert.Equal([], binding.Diagnostics.Select(d => d.ToString()));
        return binding;
    }

    [Fact]
    public void Compile_EveryMacro_StaysInsideTheSubset()
    {
        string body = File.ReadAllText(Path.Combine(SqlFixture.Folder(), "Golden", "every_macro.sql"));

        Assert.Equal([], fixture.Analyze(body).Diagnostics.Select(d => d.ToString()));
        Assert.All(Landfall.Sql.Macros.MacroCatalogue.All.Keys, macro => Assert.Contains($"@{macro}(", body));
    }

    [Theory]
    [InlineData("select 1 as n -- the end")]
    [InlineData("select 1 as n;")]
    [InlineData("select 1 as n ; -- the end\n")]
    [InlineData("-- the start\r\nselect 1 as n\r\n\r\n")]
    [InlineData("with a as (select 1 as n) select a.n from a")]
    [InlineData("select 1 as n union all select 2 as n order by n nulls first limit 1")]
    public void Compile_AnyBody_RunsAsASubquery(string body) => Assert.Equal("1",
        fixture.Row(SqlCompiler.Compile(body, SqlFixture.Table("out", "n bigint"))));

    [Fact]
    public void Compile_QuotesNames() => Assert.StartsWith(
        "select\n    cast(\"order\" as BIGINT) as \"order\"\nfrom (\n",
        SqlCompiler.Compile("select 1 as \"order\"", SqlFixture.Table("out", "order bigint")),
        StringComparison.Ordinal);

    [Fact]
    public void Compile_WrongMacro_IsAnErrorWithItsCode() => Assert.Equal(SqlCodes.UnknownMacro,
        Assert.Throws<LandfallException>(
            () => SqlCompiler.Compile("select @x(1) as n", Contract)).Code);
}
