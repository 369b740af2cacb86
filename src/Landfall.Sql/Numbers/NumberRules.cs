using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Sql.Linting;
using Landfall.Sql.Macros;
using Landfall.Sql.Syntax;
using Landfall.Sql.Text;

namespace Landfall.Sql.Numbers;

/// <summary>
/// Follows the types of numbers through a query, and finds where digits go: a product of decimals that DuckDB makes too
/// narrow, and a wide number cast to a double. What cannot be followed is not reported.
/// </summary>
/// <param name="tables">The columns of every table there is.</param>
/// <param name="text">The text as it stands in the file.</param>
/// <param name="map">The way from the parsed text to it.</param>
internal sealed class NumberRules(
    IReadOnlyDictionary<TableName, ContractTable> tables, string text, TextMap map)
{
    // A factor of more than 18 digits makes DuckDB compute in 128 bits; the value is the same.
    private const string Widening = " cast(1 as decimal(20, 0)) *";

    private static readonly string[] OfFirst =
        ["min", "max", "abs", "nullif", "lag", "lead", "first_value", "last_value", "nth_value", "landfall__max_by",
            "landfall__min_by"];

    private static readonly string[] OfAll = ["coalesce", "ifnull", "greatest", "least"];
    private readonly List<Diagnostic> _found = [];
    private readonly SortedSet<int> _products = [];

    /// <summary>Queries that were followed: the type of one is asked for more than once, at every level.</summary>
    private readonly Dictionary<SqlQuery, Columns> _queries = new(ReferenceEqualityComparer.Instance);

    /// <summary>The text for DuckDB, after <see cref="Check"/>: products have the digits that SQL gives them.</summary>
    public string Widened => _products.Reverse().Aggregate(text, (t, at) => t.Insert(at + 1, Widening));

    /// <summary>Problems of a query and the queries inside it, each place once.</summary>
    public ImmutableArray<Diagnostic> Check(SqlQuery query)
    {
        Query(query, ImmutableDictionary<string, Columns>.Empty, null);
        return [.. _found.Distinct()];
    }

    /// <summary>Names and types of the columns of something; null for a type that is no number or not known.</summary>
    private sealed record Columns(ImmutableArray<(string Name, NumberType? Type)> Items)
    {
        public static Columns None { get; } = new([]);
    }

    private sealed record Scope(
        ImmutableArray<(string Alias, Columns Columns)> Sources, Scope? Outer,
        ImmutableDictionary<string, Columns> Ctes);

    private Columns Query(SqlQuery query, ImmutableDictionary<string, Columns> ctes, Scope? outer)
    {
        if (!_queries.TryGetValue(query, out Columns? columns))
        {
            columns = Follow(query, ctes, outer);
            _queries.Add(query, columns);
        }

        return columns;
    }

    private Columns Follow(SqlQuery query, ImmutableDictionary<string, Columns> ctes, Scope? outer)
    {
        foreach (SqlCte cte in query.Ctes)
        {
            ctes = ctes.SetItem(
                cte.Name.ToLowerInvariant(), Named(Query(cte.Query, ctes, outer), cte.ColumnAliases));
        }

        if (query.Kind == SqlQueryKind.SetOperation)
        {
            Columns[] sides = [.. query.Sides.Select(s => Query(s, ctes, outer))];
            return sides.Length == 0 ? Columns.None : sides.Aggregate(United);
        }

        Scope scope = new([.. query.From is { } from ? Sources(from, ctes, outer) : []], outer, ctes);
        IEnumerable<SqlExpression> conditions = SqlQueryWalk.Tables(query).SelectMany(t => t.Expressions);
        foreach (SqlExpression expression in query.Expressions().Concat(conditions))
        {
            Walk(expression, scope, isMeasured: false);
        }

        return new([.. query.Columns.Select(c => (OutputColumns.NameOf(c), TypeOf(c, scope)))]);
    }

    private static Columns United(Columns one, Columns other) => new(
        [.. one.Items.Zip(other.Items, (a, b) => (a.Name, a.Type is { } x && b.Type is { } y ? x.With(y) : null))]);

    private static Columns Named(Columns columns, ImmutableArray<string> names) => names.IsEmpty
        ? columns
        : new([.. columns.Items.Select((c, i) => (i < names.Length ? names[i] : c.Name, c.Type))]);

    private IEnumerable<(string, Columns)> Sources(
        SqlTable table, ImmutableDictionary<string, Columns> ctes, Scope? outer)
    {
        Columns columns = table.Kind switch
        {
            SqlTableKind.Base when table.Parts.Length == 3 => TableColumns(table),
            SqlTableKind.Base => ctes.GetValueOrDefault(table.Parts[^1].ToLowerInvariant(), Columns.None),
            SqlTableKind.Subquery => Query(table.Query!, ctes, outer),
            _ => Columns.None,
        };
        string alias = table.Alias.Length > 0 ? table.Alias : table.Parts.LastOrDefault("");
        return table.Kind == SqlTableKind.Join
            ? table.Sides.SelectMany(s => Sources(s, ctes, outer))
            : [(alias, Named(columns, table.ColumnAliases))];
    }

    private Columns TableColumns(SqlTable table)
    {
        string[] parts = [.. table.Parts.Select(p => p.ToLowerInvariant())];
        return tables.TryGetValue(new(parts[0], parts[1], parts[2]), out ContractTable? contract)
            ? new([.. contract.Columns.Select(c => (c.Name, NumberType.Of(c.Type)))])
            : Columns.None;
    }

    /// <summary>Looks at an expression and those below it.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="scope">What its names mean.</param>
    /// <param name="isMeasured">Whether it is an operand of what is a double by nature, such as a quotient.</param>
    private void Walk(SqlExpression expression, Scope scope, bool isMeasured)
    {
        if (expression.Query is { } query)
        {
            Query(query, scope.Ctes, scope);
        }

        if (expression is { Name: "*", Arguments: 2 })
        {
            CheckProduct(expression, scope);
        }
        else if (expression is { Kind: ExpressionKind.Cast, DataType: "DOUBLE", Children: [SqlExpression cast] }
            && !isMeasured && TypeOf(cast, scope) is { FitsDouble: false } wide)
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
            Walk(child, scope, measures);
        }
    }

    private void CheckProduct(SqlExpression product, Scope scope)
    {
        bool isNarrow = FactorsOf(TypeOf(product.Children[0], scope), TypeOf(product.Children[1], scope))
            is { IsTooNarrow: true };
        int at = product.At < 0 ? text.Length : map.OriginalIndex(product.At);
        if (isNarrow && at < text.Length && text[at] == '*')
        {
            _products.Add(at);
        }
    }

    private static (NumberType One, NumberType Other, bool IsTooNarrow)? FactorsOf(NumberType? one, NumberType? other)
    {
        if (one is null || other is null || one.IsDouble || other.IsDouble || !(one.IsDecimal || other.IsDecimal))
        {
            return null;
        }

        bool narrow = one.Digits <= NumberType.NarrowDigits && other.Digits <= NumberType.NarrowDigits
            && one.Digits + other.Digits > NumberType.NarrowDigits;
        return (one, other, narrow);
    }

    private NumberType? TypeOf(SqlExpression expression, Scope scope) => expression.Kind switch
    {
        ExpressionKind.Column => Find(expression, scope),
        ExpressionKind.Constant when expression.DataType is "INTEGER" or "BIGINT" =>
            new(expression.Value.TrimStart('-').Length, 0, false),
        ExpressionKind.Constant or ExpressionKind.Cast => expression.DataType == "DECIMAL"
            ? new(expression.Width, expression.Scale, true) : NumberType.Parse(expression.DataType),
        ExpressionKind.Case => All(expression.Children.Where((_, i) =>
            i % 2 == 1 || i == expression.Children.Length - 1), scope),
        ExpressionKind.Function or ExpressionKind.Window => Call(expression, scope),
        ExpressionKind.Operator when expression.Type == "OPERATOR_COALESCE" => All(expression.Children, scope),
        ExpressionKind.Subquery when expression.Comparison == "SCALAR" =>
            Query(expression.Query!, scope.Ctes, scope) is { Items: [var first, ..] } ? first.Type : null,
        _ => null,
    };

    private NumberType? Call(SqlExpression call, Scope scope)
    {
        NumberType? Argument(int at) => at < call.Arguments ? TypeOf(call.Children[at], scope) : null;
        switch (call.Name)
        {
            case "+" or "-" when call.Arguments == 1:
                return Argument(0);
            case "+" or "-" when Argument(0) is { } one && Argument(1) is { } other:
                NumberType sum = one.With(other);
                bool isNarrow = one.Digits <= NumberType.NarrowDigits && other.Digits <= NumberType.NarrowDigits;
                return sum.IsDecimal
                    ? sum with
                    {
                        Digits = Math.Min(sum.Digits + 1, isNarrow ? NumberType.NarrowDigits : NumberType.DigitsMax),
                    }
                    : sum;
            case "*" when call.Arguments == 2:
                return Product(Argument(0), Argument(1));
            case "sum":
                return Argument(0) switch
                {
                    null => null,
                    { IsDouble: true } => NumberType.Double,
                    { IsDecimal: true } dec => dec with { Digits = NumberType.DigitsMax },
                    _ => NumberType.Huge,
                };
            case "count" or "count_star" or "count_if" or MacroExpander.SyntaxPrefix + "int_div":
                return NumberType.BigInt;
            case MacroExpander.SyntaxPrefix + "div_dec" when call.Arguments == 4
                && int.TryParse(call.Children[2].Value, out int digits)
                && int.TryParse(call.Children[3].Value, out int scale):
                return new(digits, scale, true);
            default:
                return OfFirst.Contains(call.Name) ? Argument(0)
                    : OfAll.Contains(call.Name) ? All(call.Children.Take(call.Arguments), scope)
                    : PortableFunctions.Doubles.Contains(call.Name) ? NumberType.Double
                    : null;
        }
    }

    private static NumberType? Product(NumberType? one, NumberType? other)
    {
        if (one is { IsDouble: true } || other is { IsDouble: true })
        {
            return NumberType.Double;
        }

        return FactorsOf(one, other) is { } factors
            ? new(
                factors.IsTooNarrow ? NumberType.DigitsMax
                    : Math.Min(factors.One.Digits + factors.Other.Digits, NumberType.DigitsMax),
                factors.One.Scale + factors.Other.Scale, true)
            : one is { } a && other is { } b ? a.With(b) : null;
    }

    private NumberType? All(IEnumerable<SqlExpression> expressions, Scope scope)
    {
        NumberType?[] types = [.. expressions.Where(e => e is not { Kind: ExpressionKind.Constant, Value: "" })
            .Select(e => TypeOf(e, scope))];
        return types.Length == 0 || types.Contains(null)
            ? null
            : types.OfType<NumberType>().Aggregate((a, b) => a.With(b));
    }

    private static NumberType? Find(SqlExpression column, Scope? scope)
    {
        for (; scope is not null; scope = scope.Outer)
        {
            foreach ((string alias, Columns columns) in scope.Sources)
            {
                bool isMeant = column.Parts.Length == 1
                    || alias.Equals(column.Parts[^2], StringComparison.OrdinalIgnoreCase);
                foreach ((string name, NumberType? type) in isMeant ? columns.Items : [])
                {
                    if (name.Equals(column.Parts[^1], StringComparison.OrdinalIgnoreCase))
                    {
                        return type;
                    }
                }
            }
        }

        return null;
    }
}
