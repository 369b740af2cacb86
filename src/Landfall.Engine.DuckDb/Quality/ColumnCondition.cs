using System.Collections.Immutable;
using Landfall.DuckDb;
using Landfall.Estate.Contracts;
using Landfall.Estate.Types;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Quality;

/// <summary>Which rows a metric of one column counts, as an SQL condition that is never null.</summary>
internal static class ColumnCondition
{
    /// <summary>
    /// The rows of <c>nullValues</c>, <c>missingValues</c> or <c>invalidValues</c>. Null is always missing and never
    /// invalid; listed values are compared as values of the column's type, not as texts.
    /// </summary>
    /// <exception cref="ArgumentException">It is a rule of another metric.</exception>
    public static string Of(
        DuckDbConnection connection, QualityRule rule, string relation, CancellationToken cancellationToken)
    {
        string column = SqlName.DuckDb(rule.Columns[0]);
        DataType? type = rule.MissingValues.Length + rule.ValidValues.Length == 0
            ? null
            : TypeOf(connection, column, relation, cancellationToken);
        return rule.Metric switch
        {
            "nullValues" => $"{column} is null",
            "missingValues" => rule.MissingValues.IsEmpty
                ? $"{column} is null or cast({column} as varchar) = ''"
                : $"{column} is null or {Listed(column, type, rule.MissingValues)}",
            "invalidValues" => $"{column} is not null and not {Listed(column, type, rule.MissingValues)} "
                + $"and not ({Valid(rule, column, type)})",
            _ => throw new ArgumentException($"The metric {rule.Metric} is not about a column.", nameof(rule)),
        };
    }

    /// <summary>A value is valid where it is listed and matches the pattern, as far as the rule has either.</summary>
    private static string Valid(QualityRule rule, string column, DataType? type)
    {
        List<string> conditions = [];
        if (!rule.ValidValues.IsEmpty)
        {
            conditions.Add(Listed(column, type, rule.ValidValues));
        }

        if (rule.Pattern.Length > 0)
        {
            conditions.Add($"regexp_full_match(cast({column} as varchar), {SqlText.Literal(rule.Pattern)})");
        }

        return string.Join(" and ", conditions);
    }

    private static string Listed(string column, DataType? type, ImmutableArray<string> texts)
    {
        if (type is null)
        {
            return texts.IsEmpty ? "false"
                : $"cast({column} as varchar) in ({string.Join(", ", texts.Select(SqlText.Literal))})";
        }

        string[] values =
        [
            .. texts.Select(t => ContractValue.TryRead(type, t, out string value) ? value : null).OfType<string>()
                .Select(v => $"cast({SqlText.Literal(v)} as {SqlTypes.Name(type, SqlDialect.DuckDb)})"),
        ];
        return values.Length == 0 ? "false" : $"{column} in ({string.Join(", ", values)})";
    }

    /// <summary>The type that contracts have for a column; null where they have none of its kind.</summary>
    private static DataType? TypeOf(
        DuckDbConnection connection, string column, string relation, CancellationToken cancellationToken)
    {
        using DuckDbResult none =
            connection.Query($"select {column} from {relation} limit 0", cancellationToken);
        DuckDbType type = none.Columns[0].Type;
        return type.Id switch
        {
            DuckDbTypeId.Boolean => DataType.Boolean,
            DuckDbTypeId.Integer => DataType.Int,
            DuckDbTypeId.BigInt => DataType.BigInt,
            DuckDbTypeId.Double => DataType.Double,
            DuckDbTypeId.Decimal => DataType.Decimal(type.Width, type.Scale),
            DuckDbTypeId.Varchar => DataType.String,
            DuckDbTypeId.Date => DataType.Date,
            DuckDbTypeId.TimestampTz => DataType.Timestamp,
            _ => null,
        };
    }
}
