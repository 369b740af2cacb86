using System.Globalization;
using Landfall.DuckDb;
using Landfall.Engine.Engines;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Quality;

/// <summary>Evaluates a contract's quality rules over a relation, before the commit that would publish it.</summary>
public static class QualityChecker
{
    /// <summary>Evaluates rules in order.</summary>
    /// <param name="connection">Where the relation is.</param>
    /// <param name="relation">The relation as SQL: the whole table as it would be after the commit.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    public static IReadOnlyList<QualityResult> Check(
        DuckDbConnection connection, string relation, IEnumerable<QualityRule> rules,
            CancellationToken cancellationToken) =>
        [.. rules.Select(r => Check(connection, relation, r, cancellationToken))];

    private static QualityResult Check(
        DuckDbConnection connection, string relation, QualityRule rule, CancellationToken cancellationToken)
    {
        object? value = connection.Collect(QueryOf(rule, relation), cancellationToken).Single()[0];
        decimal measured = value is null ? 0 : decimal.Parse(
            Convert.ToString(value, CultureInfo.InvariantCulture)!, NumberStyles.Float, CultureInfo.InvariantCulture);
        (bool passed, string expected) = Compare(rule, measured);
        return new(rule.Name, rule.Severity, measured, expected, passed);
    }

    private static string QueryOf(QualityRule rule, string relation)
    {
        if (rule.Metric == "sql")
        {
            return rule.Query
                .Replace("${table}", relation, StringComparison.Ordinal)
                .Replace("${column}", rule.Columns.Length > 0 ? SqlName.DuckDb(rule.Columns[0]) : "",
                StringComparison.Ordinal);
        }

        string column = rule.Columns.Length > 0 ? SqlName.DuckDb(rule.Columns[0]) : "";
        string count = rule.Metric switch
        {
            "rowCount" => "count(*)",
            "nullValues" => $"count(*) filter (where {column} is null)",
            "missingValues" => $"count(*) filter (where {column} is null or cast({column} as varchar) = '')",
            "invalidValues" => $"count(*) filter (where {column} is not null and not ({Valid(rule, column)}))",
            "duplicateValues" => $"count(*) - (select count(*) from (select distinct {Columns(rule)} from {relation}))",
            _ => throw new ArgumentException($"Unknown metric {rule.Metric}.", nameof(rule)),
        };
        return rule.Percent
            ? $"select case when count(*) = 0 then 0 else 100.0 * ({count}) / count(*) end from {relation}"
            : $"select {count} from {relation}";
    }

    private static string Valid(QualityRule rule, string column) => rule.Pattern.Length > 0
        ? $"regexp_full_match(cast({column} as varchar), {Relations.Literal(rule.Pattern)})"
        : $"cast({column} as varchar) in ({string.Join(", ", rule.ValidValues.Select(Relations.Literal))})";

    private static string Columns(QualityRule rule) => string.Join(", ", rule.Columns.Select(SqlName.DuckDb));

    private static (bool Passed, string Expected) Compare(QualityRule rule, decimal value)
    {
        string unit = rule.Percent ? " %" : "";
        string bound = rule.Value.ToString(CultureInfo.InvariantCulture) + unit;
        string range = $"between {bound} and {rule.UpperValue.ToString(CultureInfo.InvariantCulture)}{unit}";
        bool between = value >= rule.Value && value <= rule.UpperValue;
        return rule.Operator switch
        {
            "mustBe" => (value == rule.Value, bound),
            "mustNotBe" => (value != rule.Value, "other than " + bound),
            "mustBeGreaterThan" => (value > rule.Value, "more than " + bound),
            "mustBeGreaterOrEqualTo" => (value >= rule.Value, "at least " + bound),
            "mustBeLessThan" => (value < rule.Value, "less than " + bound),
            "mustBeLessOrEqualTo" => (value <= rule.Value, "at most " + bound),
            "mustBeBetween" => (between, range),
            "mustNotBeBetween" => (!between, "not " + range),
            _ => throw new ArgumentException($"Unknown operator {rule.Operator}.", nameof(rule)),
        };
    }
}
