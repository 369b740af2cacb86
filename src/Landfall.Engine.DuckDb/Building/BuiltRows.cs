using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Estate;
using Landfall.Estate.Types;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Building;

/// <summary>
/// Refuses rows of a query that its table cannot hold as they are, and says of which column a query failed.
/// </summary>
internal static class BuiltRows
{
    private const string EmptyMark = "landfall: empty text in the incremental column";
    private const string WideMark = "landfall: more than 38 digits in ";
    private const int DecimalDigitsMax = 38;

    /// <summary>
    /// A select that fails at the first row that the table cannot hold. Delta has no empty text in a column that a
    /// table is partitioned by: it would come back as null, beside the rows that are null. And sums of decimals may
    /// have a digit more than their type, which DuckDB does not check where no cast changes it.
    /// </summary>
    /// <param name="select">The rows.</param>
    /// <param name="schema">Their columns.</param>
    /// <param name="column">The column that the table is partitioned by; null for none.</param>
    public static string Guarded(string select, TableSchema schema, string? column)
    {
        string[] guards =
        [
            .. schema.Fields.Where(f => f.Name == column && f.Type.Kind == TypeKind.String).Select(EmptyGuard),
            .. schema.Fields.Where(f => f.Type is { Kind: TypeKind.Decimal, Precision: DecimalDigitsMax })
                .Select(WideGuard),
        ];
        return guards.Length == 0
            ? select : $"select * replace ({string.Join(", ", guards)}) from ({select})";
    }

    /// <summary>Does something with a guarded select.</summary>
    /// <exception cref="LandfallException">
    /// LF2037: it has an empty text in the column. LF4100: it failed, with the column where one alone does.
    /// </exception>
    public static T Named<T>(
        DuckDbConnection connection, string query, TableSchema schema, string? column, Func<T> action,
        CancellationToken cancellationToken)
    {
        try
        {
            return action();
        }
        catch (DuckDbException error) when (error.Message.Contains(EmptyMark, StringComparison.Ordinal))
        {
            throw new LandfallException(
                SqlCodes.EmptyIncrement,
                $"The incremental column {column} has empty texts, which a table partitioned by it cannot tell from "
                + "null. Nothing was committed; the table is as it was. Say what they mean, in the SQL and in "
                + $"incremental.inputs alike: nullif({column}, '') or coalesce(nullif({column}, ''), 'none').");
        }
        catch (DuckDbException error) when (error.ErrorType is DuckDbErrorType.Conversion or DuckDbErrorType.OutOfRange
            or DuckDbErrorType.InvalidInput or DuckDbErrorType.Decimal or DuckDbErrorType.DivideByZero)
        {
            throw FailingColumn(connection, query, schema, error, cancellationToken) is { } field
                ? new LandfallException(
                    error.Code,
                    $"The column {field.Name}, {field.Type}, has a value that does not fit, or is computed from one: "
                    + $"DuckDB failed with an error of the kind {error.ErrorType}, whose text may quote rows and is "
                    + "not kept. Nothing was committed; the table is as it was. Widen the column in the contract, or "
                    + "what it is computed from with a cast in the SQL.",
                    error)
                : error;
        }
    }

    private static string EmptyGuard(SchemaField field)
    {
        string name = SqlName.DuckDb(field.Name);
        return $"case when {name} = '' then error({SqlText.Literal(EmptyMark)}) else {name} end as {name}";
    }

    private static string WideGuard(SchemaField field)
    {
        string name = SqlName.DuckDb(field.Name);
        string most = new string('9', DecimalDigitsMax).Insert(DecimalDigitsMax - field.Type.Scale, ".").TrimEnd('.');
        return $"case when {name} > {most} or {name} < -{most} "
            + $"then error({SqlText.Literal(WideMark + field.Name)}) else {name} end as {name}";
    }

    /// <summary>The column whose values make a query fail; null where it fails without any, or is not found.</summary>
    private static SchemaField? FailingColumn(
        DuckDbConnection connection, string query, TableSchema schema, DuckDbException error,
        CancellationToken cancellationToken)
    {
        SchemaField? marked = schema.Fields.FirstOrDefault(f =>
            error.Message.EndsWith(WideMark + f.Name, StringComparison.Ordinal));
        if (marked is not null || query.Length == 0)
        {
            return marked;
        }

        bool Fails(string sql)
        {
            try
            {
                connection.Collect(sql, cancellationToken);
                return false;
            }
            catch (DuckDbException)
            {
                return true;
            }
        }

        string body = SqlCompiler.Expand(query);
        return Fails($"select count(*) from (\n{body}\n)")
            ? null
            : schema.Fields.FirstOrDefault(f => Fails(
                $"select count({SqlName.DuckDb(f.Name)}) from "
                + $"({SqlCompiler.Compile(query, [(f.Name, f.Type)])})"));
    }
}
