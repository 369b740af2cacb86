using Landfall.DuckDb;
using Landfall.Engine.Engines;
using Landfall.Engine.Quality;
using Landfall.Estate.Contracts;
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

    /// <summary>The query of an <c>sql</c> rule about a relation, without a final semicolon.</summary>
    internal static string QueryOf(QualityRule rule, string relation) => SqlCompiler.WithoutSemicolon(rule.Query
        .Replace("${table}", relation, StringComparison.Ordinal)
        .Replace("${column}", rule.Columns.Length > 0 ? SqlName.DuckDb(rule.Columns[0]) : "",
            StringComparison.Ordinal));

    private static QualityResult Check(
        DuckDbConnection connection, string relation, QualityRule rule, CancellationToken cancellationToken)
    {
        decimal measured = 0;
        string? problem;
        try
        {
            IReadOnlyList<object?[]> rows = connection.Collect(
                QueryOf(connection, rule, relation, cancellationToken), cancellationToken);
            problem = MeasuredNumber.Read(rows, out measured);
        }
        catch (DuckDbException failure) when (IsOfTheRule(rule, failure))
        {
            problem = $"cannot be measured ({Reason(failure)})";
        }

        return RuleComparison.ResultOf(rule, measured, problem);
    }

    /// <summary>
    /// Whether a statement failed for what its author wrote or for rows that it meets: not for want of memory, a file
    /// or time, which say nothing of the rule.
    /// </summary>
    private static bool IsOfTheRule(QualityRule rule, DuckDbException failure) =>
        (rule.Metric == "sql" || rule.Pattern.Length > 0) && failure.ErrorType
            is DuckDbErrorType.Binder or DuckDbErrorType.Catalog or DuckDbErrorType.Conversion
            or DuckDbErrorType.Decimal or DuckDbErrorType.DivideByZero or DuckDbErrorType.Expression
            or DuckDbErrorType.InvalidInput or DuckDbErrorType.InvalidType or DuckDbErrorType.MismatchType
            or DuckDbErrorType.NotImplemented or DuckDbErrorType.OutOfRange or DuckDbErrorType.Parser
            or DuckDbErrorType.Permission or DuckDbErrorType.Syntax;

    /// <summary>The first line of DuckDB's text where it speaks of the statement, else the kind of failure.</summary>
    private static string Reason(DuckDbException failure) => failure.Reportable().Message == failure.Message
        ? failure.Message.Split('\n')[0].TrimEnd('.', '!')
        : $"an error of the kind {failure.ErrorType}";

    private static string QueryOf(
        DuckDbConnection connection, QualityRule rule, string relation, CancellationToken cancellationToken)
    {
        if (rule.Metric == "sql")
        {
            return $"select * from ({QueryOf(rule, relation)}\n) limit 2";
        }

        string count = rule.Metric switch
        {
            "rowCount" => "count(*)",
            "duplicateValues" => $"count(*) - (select count(*) from (select distinct {Columns(rule)} from {relation}))",
            "nullValues" or "missingValues" or "invalidValues" =>
                $"count(*) filter (where {ColumnCondition.Of(connection, rule, relation, cancellationToken)})",
            _ => throw new ArgumentException($"Unknown metric {rule.Metric}.", nameof(rule)),
        };
        return rule.Percent
            ? $"select case when count(*) = 0 then 0 else 100.0 * ({count}) / count(*) end from {relation}"
            : $"select {count} from {relation}";
    }

    private static string Columns(QualityRule rule) => string.Join(", ", rule.Columns.Select(SqlName.DuckDb));
}
