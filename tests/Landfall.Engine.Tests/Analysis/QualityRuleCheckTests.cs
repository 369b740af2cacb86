using Landfall.Engine.Analysis;
using Landfall.Engine.DuckDb.Sql;
using Landfall.Engine.Lakes;
using Landfall.Estate.Diagnostics;
using Landfall.Testing.Ingest;

namespace Landfall.Engine.Tests.Analysis;

/// <summary>Rules that cannot be measured are found when an estate is validated.</summary>
public sealed class QualityRuleCheckTests
{
    [Theory]
    [InlineData("selec 1 from ${table}", "Parser Error: ")]
    [InlineData("select count(*) from ${table} where nowhere > 1", "nowhere")]
    [InlineData("select count(*) from ${table}, ops.inbox.t", "ops")]
    [InlineData("select count(*) from ${table}; select 1", "Parser Error: ")]
    [InlineData("select count(*), 1 from ${table}", "it gives 2 columns")]
    [InlineData("select * from ${table}", "it gives 6 columns")]
    [InlineData("select max(name) from ${table}", "it gives a value of type VARCHAR")]
    [InlineData("select max(day) from ${table}", "it gives a value of type DATE")]
    [InlineData("select count(*) from ${table}, read_csv('/etc/passwd')", "Permission Error: ")]
    public void Of_AnSqlRuleThatCannotBeMeasured_IsReportedAtItsPlace(string query, string message)
    {
        using IngestLake lake = Declare($"type: sql, query: \"{query}\", mustBe: 0");

        Diagnostic found = Assert.Single(Problems(lake));

        Assert.Equal(("LF1065", Severity.Error), (found.Code, found.Severity));
        Assert.StartsWith(
            "The quality rule name_rule of ops.inbox.t cannot be measured: ", found.Message, StringComparison.Ordinal);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.Equal("ops/integrations/inbox/contract.odcs.yaml:12", found.Location.ToString()[..^3]);
    }

    [Theory]
    [InlineData("select count(*) from ${table}")]
    [InlineData("select count(*) from ${table} where ${column} is null and _batch > 0 -- rows of a batch")]
    [InlineData("select sum(amount) from ${table};")]
    [InlineData("select avg(id) > 1 from ${table}")]
    [InlineData("with x as (select * from ${table}) select cast(count(*) as utinyint) from x")]
    public void Of_AnSqlRuleOfOneNumber_IsNoProblem(string query)
    {
        using IngestLake lake = Declare($"type: sql, query: \"{query}\", mustBe: 0");

        Assert.Empty(Problems(lake));
    }

    [Theory]
    [InlineData("[a-z]{2}", true)]
    [InlineData("it''s", true)]
    [InlineData("a{2000}", false)]
    [InlineData("[a-z-[aeiou]]x\\\\u0041", false)]
    public void Of_APattern_MustBeOneOfTheEngine(string pattern, bool good)
    {
        using IngestLake lake = Declare(
            $"metric: invalidValues, arguments: {{ pattern: '{pattern.Replace("\\\\", "\\")}' }}, mustBe: 0");

        Diagnostic[] found = Problems(lake);

        Assert.Equal(good ? [] : ["LF1065"], found.Select(d => d.Code));
        Assert.All(found, d => Assert.Contains("RE2", d.Hint, StringComparison.Ordinal));
    }

    private static IngestLake Declare(string rule) => new(
        "files: '*.csv', format: csv, mode: append",
        [
            "name: id, logicalType: integer", "name: amount, physicalType: 'decimal(18,2)'",
            $"name: name, logicalType: string, quality: [{{ name: name_rule, {rule} }}]",
            "name: day, logicalType: date",
        ]);

    private static Diagnostic[] Problems(IngestLake lake)
    {
        using DuckDbSqlFrontEnd frontEnd = new();
        EstateCatalog catalog = new(lake.Estate);
        return
        [
            .. EstateAnalysis.Of(
                frontEnd, ["duckdb"], [new SqlProductKind()], lake.Estate, catalog, TimeProvider.System.GetUtcNow())
                .Diagnostics,
        ];
    }
}
