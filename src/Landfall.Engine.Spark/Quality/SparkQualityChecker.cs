using System.Collections.Immutable;
using Landfall.Delta;
using Landfall.Engine.Engines;
using Landfall.Engine.Quality;
using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Reading;
using Landfall.Estate.Contracts;
using Landfall.Estate.Types;
using Landfall.Sql;

namespace Landfall.Engine.Spark.Quality;

/// <summary>Evaluates a contract's quality rules over a relation, before the commit that would publish it.</summary>
/// <param name="session">The session.</param>
/// <param name="relation">The whole table as it would be after the commit, as SQL names it.</param>
/// <param name="schema">Its columns.</param>
internal sealed class SparkQualityChecker(SparkSession session, string relation, TableSchema schema)
{
    /// <summary>Evaluates rules in order.</summary>
    public async Task<ImmutableArray<QualityResult>> CheckAsync(
        IEnumerable<QualityRule> rules, CancellationToken cancellationToken)
    {
        var results = ImmutableArray.CreateBuilder<QualityResult>();
        foreach (QualityRule rule in rules)
        {
            results.Add(await CheckAsync(rule, cancellationToken));
        }

        return results.ToImmutable();
    }

    private async Task<QualityResult> CheckAsync(QualityRule rule, CancellationToken cancellationToken)
    {
        decimal measured = 0;
        string? problem;
        if (rule.Pattern.Length > 0 && JavaPattern.Whole(rule.Pattern) is null)
        {
            problem = "cannot be measured (Spark reads a part of the pattern otherwise than RE2)";
            return RuleComparison.ResultOf(rule, measured, problem);
        }

        try
        {
            SparkRows rows = await session.QueryAsync(QueryOf(rule), cancellationToken);
            problem = MeasuredNumber.Read(rows.Rows, out measured);
        }
        catch (SparkException failure) when (IsOfTheRule(rule, failure))
        {
            problem = $"cannot be measured ({Reason(failure)})";
        }

        return RuleComparison.ResultOf(rule, measured, problem);
    }

    /// <summary>Only what somebody wrote can be wrong; an executor that is lost says nothing of it.</summary>
    private static bool IsOfTheRule(QualityRule rule, SparkException failure) =>
        rule.Metric == "sql" && failure.Code == SparkCodes.Statement;

    private static string Reason(SparkException failure) =>
        failure.ErrorClass.Length > 0 ? $"Spark: {failure.ErrorClass}" : "Spark failed it";

    private string QueryOf(QualityRule rule)
    {
        if (rule.Metric == "sql")
        {
            string column = rule.Columns.Length > 0 ? SparkSql.Name(rule.Columns[0]) : "";
            string query = rule.Query.Replace("${table}", relation, StringComparison.Ordinal)
                .Replace("${column}", column, StringComparison.Ordinal);
            return $"select * from ({SqlCompiler.WithoutSemicolon(query)}\n) limit 2";
        }

        string count = rule.Metric switch
        {
            "rowCount" => "count(*)",
            "duplicateValues" => $"count(*) - (select count(*) from (select distinct {Columns(rule)} from {relation}))",
            "nullValues" or "missingValues" or "invalidValues" => $"count_if({Condition(rule)})",
            _ => throw new ArgumentException($"Unknown metric {rule.Metric}.", nameof(rule)),
        };
        return rule.Percent
            ? $"select case when count(*) = 0 then 0.0D else 100.0D * ({count}) / nullif(count(*), 0) end "
              + $"from {relation}"
            : $"select {count} from {relation}";
    }

    private static string Columns(QualityRule rule) => string.Join(", ", rule.Columns.Select(SparkSql.Name));

    /// <summary>The rows that a metric of one column counts; never null.</summary>
    private string Condition(QualityRule rule)
    {
        string column = SparkSql.Name(rule.Columns[0]);
        return rule.Metric switch
        {
            "nullValues" => $"{column} is null",
            "missingValues" => rule.MissingValues.IsEmpty
                ? $"{column} is null or cast({column} as string) = ''"
                : $"{column} is null or {Listed(rule, column, rule.MissingValues)}",
            _ => $"{column} is not null and not {Listed(rule, column, rule.MissingValues)} "
                + $"and not ({Valid(rule, column)})",
        };
    }

    /// <summary>A value is valid where it is listed and matches the pattern, as far as the rule has either.</summary>
    private string Valid(QualityRule rule, string column)
    {
        List<string> conditions = [];
        if (!rule.ValidValues.IsEmpty)
        {
            conditions.Add(Listed(rule, column, rule.ValidValues));
        }

        if (rule.Pattern.Length > 0)
        {
            conditions.Add($"cast({column} as string) rlike {SparkSql.Literal(JavaPattern.Whole(rule.Pattern)!)}");
        }

        return string.Join(" and ", conditions);
    }

    /// <summary>Listed values are compared as values of the column's type, not as texts.</summary>
    private string Listed(QualityRule rule, string column, ImmutableArray<string> texts)
    {
        DataType type = schema.Fields.Single(
            f => string.Equals(f.Name, rule.Columns[0], StringComparison.OrdinalIgnoreCase)).Type;
        string[] values =
        [
            .. texts.Select(t => ContractValue.TryRead(type, t, out string value) ? value : null).OfType<string>()
                .Select(v => $"cast({SparkSql.Literal(v)} as {SparkSql.Type(type)})"),
        ];
        return values.Length == 0 ? "false" : $"({column} in ({string.Join(", ", values)}))";
    }
}
