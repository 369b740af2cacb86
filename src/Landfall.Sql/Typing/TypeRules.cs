using System.Collections.Immutable;
using Landfall.Estate.Diagnostics;
using Landfall.Sql.Linting;
using Landfall.Sql.Macros;
using Landfall.Sql.Numbers;
using Landfall.Sql.Syntax;
using Landfall.Sql.Text;

namespace Landfall.Sql.Typing;

/// <summary>
/// Rules that need the types of a query's tables: what engines convert, compare or join differently. What cannot be
/// followed is not reported.
/// </summary>
/// <param name="types">The types of the query's expressions.</param>
/// <param name="map">The way from the parsed text to the file.</param>
internal sealed class TypeRules(QueryTypes types, TextMap map)
{
    private const string Macro = MacroExpander.SyntaxPrefix;

    private readonly List<Diagnostic> _found = [];

    /// <summary>Problems of a query and the queries inside it, each place once.</summary>
    public ImmutableArray<Diagnostic> Check(SqlQuery query)
    {
        foreach (SqlQuery each in SqlQueryWalk.Queries(query))
        {
            CheckConditions(each);
            CheckSides(each);
            foreach (SqlExpression expression in SqlQueryWalk.Expressions(each))
            {
                CheckExpression(expression, each);
            }
        }

        return [.. _found.Distinct().OrderBy(d => d.Location.Line).ThenBy(d => d.Location.Column)];
    }

    private void CheckExpression(SqlExpression expression, SqlQuery query)
    {
        switch (expression)
        {
            case { Kind: ExpressionKind.Cast }:
                CheckCast(expression, query);
                break;
            case { Kind: ExpressionKind.Comparison or ExpressionKind.Between } or { Name: "nullif" }
                or { Type: "COMPARE_IN" or "COMPARE_NOT_IN" or "OPERATOR_NULLIF" or "OPERATOR_COALESCE" }
                or { Name: "greatest" or "least" or "ifnull" }:
                CheckAlike(expression, Operands(expression), query);
                break;
            case { Kind: ExpressionKind.Case }:
                CheckAlike(expression, expression.CaseResults, query);
                break;
            case
            {
                Kind: ExpressionKind.Subquery, Children: [SqlExpression sought], Query.Columns: [SqlExpression one]
            }:
                CheckPair(expression, types.TypeOf(sought, query), types.TypeOf(one, expression.Query!));
                break;
            case { Kind: ExpressionKind.Function or ExpressionKind.Window }:
                CheckCall(expression, query);
                break;
            default:
                break;
        }
    }

    private void CheckConditions(SqlQuery query)
    {
        IEnumerable<SqlExpression> nested = SqlQueryWalk.Expressions(query).SelectMany(e => e switch
        {
            { Kind: ExpressionKind.Conjunction } or { Type: "OPERATOR_NOT" } => e.Children,
            { Kind: ExpressionKind.Case } => e.CaseConditions,
            { Filter: { } filter } => [filter],
            { Name: "count_if" or "bool_and" or "bool_or", Arguments: 1 } => e.Children.Take(1),
            _ => Enumerable.Empty<SqlExpression>(),
        });
        IEnumerable<SqlExpression> joins = SqlQueryWalk.Tables(query).Where(t => t.Kind == SqlTableKind.Join)
            .SelectMany(t => t.Expressions);
        SqlExpression?[] clauses = [query.Where, query.Having];
        foreach (SqlExpression condition in clauses.OfType<SqlExpression>().Concat(joins).Concat(nested))
        {
            ExpressionType type = types.TypeOf(condition, query);
            if (type.IsKnown && type.Kind != ValueKind.Boolean)
            {
                Report(SqlCodes.MixedKinds, condition, $"A value of {type} is no condition in Spark.",
                    "Write what it is compared with, for example x <> 0.");
            }
        }
    }

    private void CheckSides(SqlQuery query)
    {
        if (query.Kind == SqlQueryKind.SetOperation && query.Sides.Length > 1)
        {
            SqlQuery[] sides = [.. query.Sides.Select(OutputColumns.First)];
            foreach ((SqlQuery other, int i) in sides.Skip(1).SelectMany(s =>
                Enumerable.Range(0, Math.Min(s.Columns.Length, sides[0].Columns.Length)).Select(c => (s, c))))
            {
                CheckPair(
                    other.Columns[i], types.TypeOf(sides[0].Columns[i], sides[0]),
                    types.TypeOf(other.Columns[i], other));
            }
        }

        foreach (SqlTable values in SqlQueryWalk.Tables(query).Where(t => t.Width > 0))
        {
            for (int i = values.Width; i < values.Expressions.Length; i++)
            {
                CheckPair(
                    values.Expressions[i], types.TypeOf(values.Expressions[i % values.Width], query),
                    types.TypeOf(values.Expressions[i], query));
            }
        }
    }

    private static IEnumerable<SqlExpression> Operands(SqlExpression expression) =>
        expression.Arguments > 0 ? expression.Children.Take(expression.Arguments) : expression.Children;

    private void CheckAlike(SqlExpression place, IEnumerable<SqlExpression> operands, SqlQuery query)
    {
        SqlExpression[] all = [.. operands];
        CheckWidth(place, [.. all.Select(e => types.TypeOf(e, query))]);
        SqlExpression? first = Array.Find(all, e => types.TypeOf(e, query).IsKnown && !IsText(e));
        foreach (SqlExpression other in all.Where(e => first is not null && e != first))
        {
            ExpressionType type = types.TypeOf(first!, query);
            if (!(type.IsTime && TimeText.IsPlain(other)))
            {
                CheckAlike(place, type, types.TypeOf(other, query));
            }
        }
    }

    private void CheckPair(SqlExpression place, ExpressionType one, ExpressionType other)
    {
        CheckWidth(place, [one, other]);
        CheckAlike(place, one, other);
    }

    private static bool IsText(SqlExpression expression) =>
        expression is { Kind: ExpressionKind.Constant, DataType: "VARCHAR" };

    private void CheckAlike(SqlExpression place, ExpressionType one, ExpressionType other)
    {
        bool isAlike = !one.IsKnown || !other.IsKnown || one.Kind == other.Kind || (one.IsTime && other.IsTime);
        if (!isAlike)
        {
            Report(SqlCodes.MixedKinds, place,
                $"Values of {one} stand beside values of {other}: engines convert one of them differently.",
                "Say how it converts, or compare values of one kind; texts are read with @parse_date, @parse_int and "
                + "the like.");
        }
    }

    // Engines round decimals that do not fit together, or fail on the values that do not.
    private void CheckWidth(SqlExpression place, IReadOnlyCollection<ExpressionType> operands, bool isSum = false)
    {
        NumberType[] numbers = [.. operands.Select(o => o.Number).OfType<NumberType>()];
        if (numbers.Length < 2 || !Array.Exists(numbers, n => n.IsDecimal) || Array.Exists(numbers, n => n.IsDouble))
        {
            return;
        }

        int needed = Math.Max(NumberType.Needed(numbers, true), isSum ? 0 : NumberType.Needed(numbers, false));
        if (needed > NumberType.DigitsMax)
        {
            Report(SqlCodes.MixedKinds, place,
                $"Values of {string.Join(" and ", numbers.Distinct())} need {needed} digits together, and decimals "
                + $"have {NumberType.DigitsMax}.",
                "Cast the wider one to the digits that its values have.");
        }
    }

    private void CheckCast(SqlExpression cast, SqlQuery query)
    {
        SqlExpression operand = cast.Children[0];
        ExpressionType from = types.TypeOf(operand, query);
        if (from.IsKnown && CastRules.Problem(cast, operand, from, e => types.TypeOf(e, query)) is { } problem)
        {
            Report(problem.Code, operand, problem.Message, problem.Hint);
        }
    }

    private void CheckCall(SqlExpression call, SqlQuery query)
    {
        ExpressionType[] arguments = [.. call.Children.Take(call.Arguments).Select(a => types.TypeOf(a, query))];
        if (call.Name is "||" or "concat_ws" && arguments.Any(a => a.Kind != ValueKind.Binary))
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                CheckText(call.Children[i], arguments[i]);
            }
        }

        if (call.Name is "+" or "-" or "%" or "mod" && arguments.Length == 2)
        {
            CheckWidth(call, arguments, isSum: true);
        }

        if (call.Name == "-" && arguments is [{ IsTime: true }, { IsTime: true }])
        {
            Report(SqlCodes.Interval, call, "The difference of two times has another type in each engine.",
                "Write @date_diff_days(first, last).");
        }

        if (call.Name.StartsWith(Macro, StringComparison.Ordinal))
        {
            CheckMacro(call, arguments);
        }
        else
        {
            CheckNumbers(call, arguments, query);
        }
    }

    private void CheckText(SqlExpression part, ExpressionType type)
    {
        if (CastRules.TextProblem(type) is { } problem)
        {
            Report(SqlCodes.DifferingCast, part, problem.Message, problem.Hint);
        }
    }

    private void CheckNumbers(SqlExpression call, ExpressionType[] arguments, SqlQuery query)
    {
        ExpressionType measured = call.Name == "quantile_cont" ? types.TypeOf(call.Orders[0].Expression, query)
            : arguments.FirstOrDefault(ExpressionType.Unknown);
        if (call.Name is "median" or "quantile_cont" && measured.IsDecimal)
        {
            Report(SqlCodes.InexactDivision, call,
                "Quantiles of decimals are decimals in DuckDB and doubles in Spark.",
                "Write median(cast(x as double)), or order by cast(x as double).");
        }

        bool takesNumbers = call.Name is "sum" or "avg" or "median" or "quantile_cont"
            || PortableFunctions.Doubles.Contains(call.Name);
        if (takesNumbers && measured.IsKnown && measured.Kind != ValueKind.Number)
        {
            Report(SqlCodes.MixedKinds, call, $"{call.Name} of {measured} is not in the portable subset.",
                "Give it a number.");
        }
    }

    private void CheckMacro(SqlExpression call, ExpressionType[] arguments)
    {
        string name = call.Name[Macro.Length..];
        MacroDefinition macro = MacroCatalogue.All[name];
        for (int i = 0; i < Math.Min(arguments.Length, macro.Parameters.Length); i++)
        {
            if (macro.Parameters[i].Kind == MacroParameterKind.Expression
                && MacroOperands.Problem(name, i, arguments[i]) is { } problem)
            {
                Report(problem.Code, call, $"The argument {macro.Parameters[i].Name} of @{name} {problem.Message}",
                    problem.Hint);
            }
        }
    }

    private void Report(string code, SqlExpression place, string message, string hint) =>
        _found.Add(new(code, Severity.Error, map.Locate(SqlLinter.PlaceOf(place)), message, hint));
}
