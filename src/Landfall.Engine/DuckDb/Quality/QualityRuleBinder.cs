using System.Collections.Immutable;
using Landfall.DuckDb;
using Landfall.Engine.Lakes;
using Landfall.Engine.Planning;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Quality;

/// <summary>
/// Binds queries and patterns of quality rules to empty tables of the contracts, so that what cannot be measured is
/// found before anything runs.
/// </summary>
internal sealed class QualityRuleBinder : IDisposable
{
    private const string Relation = "landfall_result";

    private readonly DuckDbDatabase _database;
    private readonly DuckDbConnection _connection;

    private QualityRuleBinder()
    {
        _database = Databases.Small();
        _connection = _database.Connect();
        _connection.Execute("set default_null_order = 'nulls_first_on_asc_last_on_desc'");
    }

    /// <summary>Checks the rules of every table of an estate.</summary>
    /// <param name="estate">The estate, for places.</param>
    /// <param name="catalog">Its tables.</param>
    /// <param name="reads">What the SQL of products reads: their rules may name these tables.</param>
    /// <returns>An error for each rule that cannot be measured.</returns>
    public static IEnumerable<Diagnostic> Check(
        EstateDefinition estate, EstateCatalog catalog,
        IReadOnlyDictionary<TableName, ImmutableArray<TableName>> reads)
    {
        foreach (CatalogTable table in catalog.Tables.Where(t => t.Table.Quality.Any(IsFree)))
        {
            string unit = table.Kind == TableKind.Enriched ? "integration" : "product";
            string key = $"zone:{table.ZoneId}/{unit}:{table.UnitId}/contract/table:{table.Name.Table}";
            CatalogTable[] inputs = [.. reads.GetValueOrDefault(table.Name, [])
                .Select(n => catalog.TryFind(n, out CatalogTable? input) ? input : null).OfType<CatalogTable>()];
            using QualityRuleBinder binder = new();
            binder.Create(table.Table, inputs);
            foreach (QualityRule rule in table.Table.Quality.Where(IsFree))
            {
                if (binder.Problem(rule) is { } problem)
                {
                    yield return new(
                        "LF1065", Severity.Error, estate.Sources.Find($"{key}/quality:{rule.Name}"),
                        $"The quality rule {rule.Name} of {table.Name} cannot be measured: {problem}.",
                        rule.Metric == "sql" ? "Write a query of one number, such as select count(*) from ${table} …"
                            : "Write a regular expression of RE2.");
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    /// <summary>Whether a rule holds text that only the engine can judge.</summary>
    private static bool IsFree(QualityRule rule) => rule.Metric == "sql" || rule.Pattern.Length > 0;

    private void Create(ContractTable table, CatalogTable[] inputs)
    {
        Relations.Attach(_connection, [.. inputs.Select(i => (i.Name, $"select {Nulls(i.Table)} where false"))]);
        _connection.Execute($"create view {Relation} as select {Nulls(table)} where false");
        _connection.Execute("set enable_external_access = false");
    }

    private static string Nulls(ContractTable table) => string.Join(", ", table.Columns.Select(
        c => $"cast(null as {SqlTypes.Name(c.Type, SqlDialect.DuckDb)}) as {SqlName.DuckDb(c.Name)}"));

    private string? Problem(QualityRule rule)
    {
        try
        {
            if (rule.Metric != "sql")
            {
                _ = _connection.Collect($"select regexp_full_match('', {Relations.Literal(rule.Pattern)})");
                return null;
            }

            using DuckDbResult result =
                _connection.Query($"select * from ({QualityChecker.QueryOf(rule, Relation)}\n) limit 0");
            return result.Columns.Length != 1 ? $"it gives {result.Columns.Length} columns"
                : IsNumber(result.Columns[0].Type.Id) ? null
                : $"it gives a value of type {result.Columns[0].Type}";
        }
        catch (DuckDbException failure)
        {
            return failure.Message.Split('\n')[0].TrimEnd('.', '!');
        }
    }

    private static bool IsNumber(DuckDbTypeId type) => type is DuckDbTypeId.Boolean
        or DuckDbTypeId.TinyInt or DuckDbTypeId.SmallInt or DuckDbTypeId.Integer or DuckDbTypeId.BigInt
        or DuckDbTypeId.HugeInt or DuckDbTypeId.UTinyInt or DuckDbTypeId.USmallInt or DuckDbTypeId.UInteger
        or DuckDbTypeId.UBigInt or DuckDbTypeId.UHugeInt or DuckDbTypeId.Float or DuckDbTypeId.Double
        or DuckDbTypeId.Decimal;
}
