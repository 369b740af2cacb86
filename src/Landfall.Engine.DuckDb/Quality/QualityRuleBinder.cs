using System.Collections.Immutable;
using Landfall.DuckDb;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Quality;

/// <summary>Binds quality rules to empty tables, in a database of its own.</summary>
internal sealed class QualityRuleBinder : IDisposable
{
    private const string Relation = "landfall_result";

    private readonly DuckDbDatabase _database;
    private readonly DuckDbConnection _connection;

    /// <summary>Makes the tables.</summary>
    /// <param name="table">The table that rules are about.</param>
    /// <param name="inputs">The tables that their queries may name besides.</param>
    public QualityRuleBinder(
        ContractTable table, ImmutableArray<(TableName Name, ContractTable Table)> inputs)
    {
        _database = Databases.Small();
        _connection = _database.Connect();
        _connection.Execute("set default_null_order = 'nulls_first_on_asc_last_on_desc'");
        Relations.Attach(_connection, [.. inputs.Select(i => (i.Name, $"select {Nulls(i.Table)} where false"))]);
        _connection.Execute($"create view {Relation} as select {Nulls(table)} where false");
        _connection.Execute("set enable_external_access = false");
    }

    /// <summary>Why a rule cannot be measured; null where it can.</summary>
    public string? ProblemOf(QualityRule rule)
    {
        try
        {
            if (rule.Metric != "sql")
            {
                _ = _connection.Collect($"select regexp_full_match('', {SqlText.Literal(rule.Pattern)})");
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

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    private static string Nulls(ContractTable table) => string.Join(", ", table.Columns.Select(
        c => $"cast(null as {SqlTypes.Name(c.Type, SqlDialect.DuckDb)}) as {SqlName.DuckDb(c.Name)}"));

    private static bool IsNumber(DuckDbTypeId type) => type is DuckDbTypeId.Boolean
        or DuckDbTypeId.TinyInt or DuckDbTypeId.SmallInt or DuckDbTypeId.Integer or DuckDbTypeId.BigInt
        or DuckDbTypeId.HugeInt or DuckDbTypeId.UTinyInt or DuckDbTypeId.USmallInt or DuckDbTypeId.UInteger
        or DuckDbTypeId.UBigInt or DuckDbTypeId.UHugeInt or DuckDbTypeId.Float or DuckDbTypeId.Double
        or DuckDbTypeId.Decimal;
}
