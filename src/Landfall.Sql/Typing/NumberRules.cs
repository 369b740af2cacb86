using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;
using Landfall.Sql.Linting;
using Landfall.Sql.Numbers;
using Landfall.Sql.Syntax;
using Landfall.Sql.Text;

namespace Landfall.Sql.Typing;

/// <summary>
/// Finds where digits go: products and sums of decimals that DuckDB makes too narrow, and a wide number cast to a
/// double. What cannot be followed is not reported.
/// </summary>
/// <param name="types">The types of the query's expressions.</param>
/// <param name="text">The text as it stands in the file.</param>
/// <param name="map">The way from the parsed text to it.</param>
internal sealed class NumberRules(QueryTypes types, string text, TextMap map)
{
    // An operand of more than 18 digits makes DuckDB compute in 128 bits; the value is the same.
    private const string WideOne = " cast(1 as decimal(20, 0)) *";
    private const string WideZero = " cast(0 as decimal(20, 0)) ";

    private readonly List<Diagnostic> _found = [];
    private readonly SortedDictionary<int, string> _insertions = [];

    /// <summary>The text for DuckDB, after <see cref="Check"/>: decimals have the digits that SQL gives them.</summary>
    public string Widened => _insertions.Reverse().Aggregate(text, (t, i) => t.Insert(i.Key + 1, i.Value));

    /// <summary>Problems of a query and the queries inside it, each place once.</summary>
    public ImmutableArray<Diagnostic> Check(SqlQuery query)
    {
        foreach (SqlQuery each in SqlQueryWalk.Queries(query))
        {
            IEnumerable<SqlExpression> conditions = SqlQueryWalk.Tables(each).SelectMany(t => t.Expressions);
            foreach (SqlExpression expression in each.Expressions().Concat(conditions))
            {
                Walk(expression, each, isMeasured: false);
            }
        }

        return [.. _found.Distinct()];
    }

    /// <summary>Looks at an expression and those below it.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="query">The query whose expression it is.</param>
    /// <param name="isMeasured">Whether it is an operand of what is a double by nature, such as a quotient.</param>
    private void Walk(SqlExpression expression, SqlQuery query, bool isMeasured)
    {
        if (expression is { Name: "*" or "+" or "-", Arguments: 2 })
        {
            CheckWidth(expression, query);
        }
        else if (expression is { Kind: ExpressionKind.Cast, DataType: "DOUBLE", Children: [SqlExpression cast] }
            && !isMeasured && types.TypeOf(cast, query).Number is { FitsDouble: false } wide)
        {
            _found.Add(new(
                SqlCodes.LossyType, Severity.Warning, map.Locate(SqlLinter.PlaceOf(expression)),
                $"A {wide} is cast to a double, which keeps {NumberType.DoubleDigits} digits.",
                wide.IsDecimal
                    ? "Keep the decimal, or say how wide it is: cast(cast(x as "
                        + $"decimal(15,{Math.Min(wide.Scale, NumberType.DoubleDigits)})) as double) fails instead of "
                        + "losing digits."
                    : "Keep the whole number, or say how wide it is: cast(cast(x as int) as double) fails instead of "
                        + "losing digits."));
        }

        bool measures = isMeasured || expression.Name is "/" or "avg"
            || PortableFunctions.Doubles.Contains(expression.Name);
        foreach (SqlExpression child in expression.Children)
        {
            Walk(child, query, measures);
        }
    }

    private void CheckWidth(SqlExpression call, SqlQuery query)
    {
        NumberType? one = types.TypeOf(call.Children[0], query).Number;
        NumberType? other = types.TypeOf(call.Children[1], query).Number;
        bool isNarrow = call.Name == "*"
            ? FunctionTypes.IsTooNarrow(one, other) : FunctionTypes.IsSumTooNarrow(one, other);
        int at = call.At < 0 ? text.Length : map.OriginalIndex(call.At);
        if (isNarrow && at < text.Length && text[at] == call.Name[0])
        {
            _insertions[at] = call.Name == "*" ? WideOne : WideZero + call.Name;
        }
    }
}
