using System.Collections.Frozen;
using Landfall.Sql.Syntax;

namespace Landfall.Sql.Linting;

/// <summary>Rules about the forms of calls: functions that are portable in some of their forms only.</summary>
internal static class FormRules
{
    private static readonly FrozenDictionary<string, (int Least, int Most)> Arities = Table(
        (0, 0, "pi row_number rank dense_rank percent_rank cume_dist count_star"),
        (1, 1,
            """
            abs ceil ceiling floor sqrt exp ln log10 log2 degrees radians sin cos tan asin acos atan lower upper trim
            ltrim rtrim length char_length character_length md5 year month quarter day hour minute second dayofmonth
            dayofyear weekofyear last_day count sum min max avg count_if bool_and bool_or median quantile_cont
            percentile_cont stddev stddev_samp stddev_pop variance var_samp var_pop ntile lag lead first_value
            last_value
            """),
        (1, 2, "round + -"),
        (2, 2,
            """
            mod power pow atan2 left right repeat contains instr position nullif ifnull date_trunc date_part date_add
            covar_pop covar_samp nth_value * / % || ~~ !~~ ~~* !~~*
            """),
        (2, 3, "substr substring"),
        (3, 3, "replace split_part lpad rpad translate make_date"),
        (2, int.MaxValue, "greatest least concat_ws"));

    private static readonly FrozenSet<string> WithDistinct =
        new[] { "count", "sum", "avg", "min", "max" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> TruncatedParts = new[]
    {
        "year", "quarter", "month", "week", "day", "hour", "minute", "second", "millisecond", "microsecond",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Checks a call that is in the subset, not what stands in it.</summary>
    public static void Check(SqlExpression call, LintReport report)
    {
        // Over a window, the parser writes count(*) without its star.
        bool isStar = call is { Kind: ExpressionKind.Window, Name: "count", Arguments: 0 };
        if (!isStar && Arities.TryGetValue(call.Name, out (int Least, int Most) arity)
            && (call.Arguments < arity.Least || call.Arguments > arity.Most))
        {
            report.Error(SqlCodes.UnknownFunction, call.At,
                $"{call.Name} with {call.Arguments} argument(s) is not in the portable subset.",
                "docs/sql.md lists what is.");
        }
        else if (call.Distinct && !WithDistinct.Contains(call.Name))
        {
            report.Error(SqlCodes.Clause, call.At, $"{call.Name}(distinct …) is not in the portable subset.",
                "Select the distinct values in a subquery.");
        }
        else if (call is { Kind: ExpressionKind.Function, Name: not "quantile_cont", Orders.IsEmpty: false })
        {
            report.Error(SqlCodes.Clause, call.At, $"An ORDER BY in {call.Name} is not in the portable subset.",
                "Number the rows in a CTE, or write @string_agg, @min_by or @max_by.");
        }
        else
        {
            CheckParts(call, report);
        }
    }

    private static void CheckParts(SqlExpression call, LintReport report)
    {
        switch (call.Name)
        {
            case "date_part" when !PortableFunctions.DateParts.Contains(PartOf(call)):
                report.Error(SqlCodes.DifferingFunction, call.At,
                    $"Engines understand the date part '{PartOf(call)}' differently.",
                    "Use year, quarter, month, day, hour or minute; @iso_dow(date) for the day of the week.");
                break;
            case "date_trunc" when !TruncatedParts.Contains(PartOf(call)):
                report.Error(SqlCodes.DifferingFunction, call.At,
                    $"Engines cut a time to '{PartOf(call)}' differently.",
                    "Use year, quarter, month, week, day, hour, minute, second, millisecond or microsecond.");
                break;
            case "quantile_cont" when call.Orders.IsEmpty:
                report.Error(SqlCodes.UnknownFunction, call.At, "Spark has no quantile_cont.",
                    "Write percentile_cont(0.5) within group (order by x).");
                break;
            case "quantile_cont" when !(ArithmeticRules.Literal(call.Children[0]) is >= 0):
                report.Error(SqlCodes.Position, call.At, "percentile_cont takes a share written out, from 0 to 1.",
                    "Write the number.");
                break;
            default:
                break;
        }
    }

    private static string PartOf(SqlExpression call) =>
        call.Children.FirstOrDefault() is { Kind: ExpressionKind.Constant } constant
            ? constant.Value.ToLowerInvariant() : "";

    private static FrozenDictionary<string, (int Least, int Most)> Table(
        params (int Least, int Most, string Names)[] rows) => rows
        .SelectMany(r => PortableFunctions.Words(r.Names)
            .Select(n => KeyValuePair.Create(n, (r.Least, r.Most))))
        .ToFrozenDictionary(StringComparer.Ordinal);
}
