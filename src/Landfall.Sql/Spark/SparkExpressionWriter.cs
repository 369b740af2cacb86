using System.Collections.Immutable;
using System.Globalization;
using Landfall.Sql.Macros;
using Landfall.Sql.Syntax;
using Landfall.Sql.Typing;

namespace Landfall.Sql.Spark;

/// <summary>Writes expressions for Spark.</summary>
/// <param name="types">The types of the query's expressions.</param>
/// <param name="writeQuery">Writes a query inside an expression.</param>
/// <param name="withAliases">Whether columns are named with their table.</param>
internal sealed class SparkExpressionWriter(
    QueryTypes types, Action<SqlQuery, SparkOutput> writeQuery, bool withAliases = true)
{
    /// <summary>The types of the query's expressions.</summary>
    public QueryTypes Types => types;

    /// <summary>Writes one expression, in parentheses where something may stand beside it.</summary>
    public void Write(SqlExpression expression, SqlQuery query, SparkOutput output)
    {
        int around = output.At;
        output.Mark(expression.At);
        WriteHere(expression, query, output);
        output.Mark(around);
    }

    /// <summary>Writes the keys of an ORDER BY.</summary>
    public void WriteOrders(IEnumerable<SqlOrder> orders, SqlQuery query, SparkOutput output) =>
        output.Join(", ", orders, order =>
        {
            Write(order.Expression, query, output);
            output.Append(order.IsDescending ? " desc" : " asc")
                .Append(order.NullsFirst ? " nulls first" : " nulls last");
        });

    private void WriteHere(SqlExpression expression, SqlQuery query, SparkOutput output)
    {
        switch (expression.Kind)
        {
            case ExpressionKind.Column:
                output.Append(string.Join('.', types.PartsOf(expression, query, withAliases).Select(SqlName.Spark)));
                break;
            case ExpressionKind.Constant:
                output.Append(SparkLiteral.Of(expression));
                break;
            case ExpressionKind.Cast:
                WriteCast(expression, query, output);
                break;
            case ExpressionKind.Case:
                WriteCase(expression, query, output);
                break;
            case ExpressionKind.Subquery:
                WriteSubquery(expression, query, output);
                break;
            case ExpressionKind.Function or ExpressionKind.Window:
                WriteCall(expression, query, output);
                break;
            default:
                WriteOperator(expression, query, output);
                break;
        }
    }

    private void WriteCast(SqlExpression cast, SqlQuery query, SparkOutput output)
    {
        SqlExpression operand = cast.Children[0];
        if (cast.DataType == "BOOLEAN" && operand is { Kind: ExpressionKind.Constant, Value: "t" or "f" })
        {
            // The parser writes the literals so.
            output.Append(operand.Value == "t" ? "true" : "false");
            return;
        }

        string template = SparkCasts.Template(cast, types.TypeOf(operand, query));
        WriteTemplate(template, [operand], query, output);
    }

    /// <summary>Writes a condition; what is always NULL is none in Spark.</summary>
    public void WriteCondition(SqlExpression condition, SqlQuery query, SparkOutput output)
    {
        if (types.TypeOf(condition, query).Kind == ValueKind.Null)
        {
            output.Append("cast(null as boolean)");
        }
        else
        {
            Write(condition, query, output);
        }
    }

    private void WriteCase(SqlExpression expression, SqlQuery query, SparkOutput output)
    {
        output.Append("case");
        for (int i = 0; i < expression.Children.Length; i++)
        {
            bool isElse = i == expression.Children.Length - 1;
            output.Append(isElse ? " else " : i % 2 == 0 ? " when " : " then ");
            if (!isElse && i % 2 == 0)
            {
                WriteCondition(expression.Children[i], query, output);
            }
            else
            {
                Write(expression.Children[i], query, output);
            }
        }

        output.Append(" end");
    }

    private void WriteSubquery(SqlExpression expression, SqlQuery query, SparkOutput output)
    {
        string start = expression.Comparison switch
        {
            "SCALAR" => "",
            "EXISTS" => "exists ",
            "NOT_EXISTS" => "not exists ",
            "COMPARE_EQUAL" => " in ",
            _ => throw NotKnown(expression),
        };
        output.Append("(");
        if (!expression.Children.IsEmpty)
        {
            Write(expression.Children[0], query, output);
        }

        output.Append(start).Append("(");
        writeQuery(expression.Query!, output);
        output.Append("))");
    }

    private void WriteOperator(SqlExpression expression, SqlQuery query, SparkOutput output)
    {
        string? template = expression.Type switch
        {
            "COMPARE_EQUAL" => "({0} = {1})",
            "COMPARE_NOTEQUAL" => "({0} <> {1})",
            "COMPARE_LESSTHAN" => "({0} < {1})",
            "COMPARE_GREATERTHAN" => "({0} > {1})",
            "COMPARE_LESSTHANOREQUALTO" => "({0} <= {1})",
            "COMPARE_GREATERTHANOREQUALTO" => "({0} >= {1})",
            "COMPARE_DISTINCT_FROM" => "({0} is distinct from {1})",
            "COMPARE_NOT_DISTINCT_FROM" => "({0} is not distinct from {1})",
            "COMPARE_BETWEEN" => "({0} between {1} and {2})",
            "OPERATOR_NOT" => "(not {0})",
            "OPERATOR_IS_NULL" => "({0} is null)",
            "OPERATOR_IS_NOT_NULL" => "({0} is not null)",
            "OPERATOR_NULLIF" => "nullif({0}, {1})",
            "GROUPING_FUNCTION" => "cast(grouping({0}) as bigint)",
            _ => null,
        };
        if (template is not null)
        {
            WriteTemplate(template, expression.Children, query, output);
            return;
        }

        (string start, string separator, int from) = expression.Type switch
        {
            "CONJUNCTION_AND" => ("(", " and ", 0),
            "CONJUNCTION_OR" => ("(", " or ", 0),
            "OPERATOR_COALESCE" => ("coalesce(", ", ", 0),
            "COMPARE_IN" => (" in (", ", ", 1),
            "COMPARE_NOT_IN" => (" not in (", ", ", 1),
            _ => throw NotKnown(expression),
        };
        if (from == 1)
        {
            output.Append("(");
            Write(expression.Children[0], query, output);
        }

        output.Append(start).Join(separator, expression.Children[from..], child => Write(child, query, output))
            .Append(from == 1 ? "))" : ")");
    }

    private void WriteCall(SqlExpression call, SqlQuery query, SparkOutput output)
    {
        ImmutableArray<SqlExpression> arguments = [.. call.Children.Take(call.Arguments)];
        if (call.Name.StartsWith(MacroExpander.SyntaxPrefix, StringComparison.Ordinal))
        {
            WriteMacro(call, query, output);
            WriteRows(call, query, output);
            return;
        }

        if (call.Name == "quantile_cont")
        {
            output.Append("percentile_cont(");
            Write(arguments[0], query, output);
            output.Append(") within group (order by ");
            WriteOrders(call.Orders, query, output);
            output.Append(")");
            WriteRows(call, query, output);
            return;
        }

        string template = SparkCalls.Template(call, e => types.TypeOf(e, query));
        ImmutableArray<SqlExpression> all =
            [.. arguments, .. new[] { call.Offset, call.Default }.OfType<SqlExpression>()];

        // What follows an aggregate stands before what is done with its result.
        int rows = template.IndexOf(SparkCalls.Rows, StringComparison.Ordinal);
        WriteTemplate(rows < 0 ? template : template[..rows], all, query, output);
        if (rows >= 0)
        {
            WriteRows(call, query, output);
            output.Append(template[(rows + SparkCalls.Rows.Length)..]);
        }
    }

    private void WriteMacro(SqlExpression call, SqlQuery query, SparkOutput output)
    {
        MacroDefinition macro = MacroCatalogue.All[call.Name[MacroExpander.SyntaxPrefix.Length..]];
        List<MacroArgument> arguments = [];
        foreach ((MacroParameter parameter, SqlExpression argument) in macro.Parameters.Zip(call.Children))
        {
            SparkOutput part = output.Part();
            Write(argument, query, part);
            bool isNumber = parameter.Kind == MacroParameterKind.Integer;
            arguments.Add(new(parameter, isNumber ? argument.Value : part.Text, argument.Value));
        }

        output.Append(MacroTemplate.Render(macro, arguments, SqlDialect.Spark));
    }

    // FILTER and OVER.
    private void WriteRows(SqlExpression call, SqlQuery query, SparkOutput output)
    {
        if (call.Filter is { } filter)
        {
            output.Append(" filter (where ");
            WriteCondition(filter, query, output);
            output.Append(")");
        }

        if (call.Kind != ExpressionKind.Window)
        {
            return;
        }

        output.Append(" over (");
        if (!call.Partitions.IsEmpty)
        {
            output.Append("partition by ").Join(", ", call.Partitions, p => Write(p, query, output)).Append(" ");
        }

        if (!call.Orders.IsEmpty)
        {
            output.Append("order by ");
            WriteOrders(call.Orders, query, output);
        }

        WriteFrame(call.Frame, query, output);
        output.Append(")");
    }

    private void WriteFrame(SqlFrame? frame, SqlQuery query, SparkOutput output)
    {
        if (frame is null or { IsDefault: true })
        {
            return;
        }

        output.Append(frame.IsRange ? " range between " : " rows between ");
        WriteBound(frame.Start, frame.StartOffset, query, output);
        output.Append(" and ");
        WriteBound(frame.End, frame.EndOffset, query, output);
    }

    private void WriteBound(string bound, SqlExpression? offset, SqlQuery query, SparkOutput output)
    {
        if (offset is not null)
        {
            Write(offset, query, output);
        }

        output.Append(bound switch
        {
            "UNBOUNDED_PRECEDING" => "unbounded preceding",
            "UNBOUNDED_FOLLOWING" => "unbounded following",
            "EXPR_PRECEDING_ROWS" or "EXPR_PRECEDING_RANGE" => " preceding",
            "EXPR_FOLLOWING_ROWS" or "EXPR_FOLLOWING_RANGE" => " following",
            _ => "current row",
        });
    }

    // {0} and so on stand for the arguments, each as often as it is needed, {*} for all of them.
    private void WriteTemplate(
        string template, ImmutableArray<SqlExpression> arguments, SqlQuery query, SparkOutput output)
    {
        int at = 0;
        for (int open = template.IndexOf('{'); open >= 0; open = template.IndexOf('{', at))
        {
            int close = template.IndexOf('}', open);
            string which = template[(open + 1)..close];
            output.Append(template[at..open]);
            if (which == "*")
            {
                output.Join(", ", arguments, a => Write(a, query, output));
            }
            else
            {
                Write(arguments[int.Parse(which, CultureInfo.InvariantCulture)], query, output);
            }

            at = close + 1;
        }

        output.Append(template[at..]);
    }

    private static InvalidOperationException NotKnown(SqlExpression expression) =>
        new($"A {expression.Type} cannot be written for Spark.");
}
