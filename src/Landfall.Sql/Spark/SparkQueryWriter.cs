using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Sql.Syntax;
using Landfall.Sql.Typing;

namespace Landfall.Sql.Spark;

/// <summary>
/// Writes a query for Spark from its syntax tree, so that nothing of the text's own spelling is left to be understood
/// otherwise: names are quoted, operations stand in parentheses, orders say where nulls go.
/// </summary>
internal sealed class SparkQueryWriter
{
    private readonly SparkOutput _output;
    private readonly SparkExpressionWriter _expressions;

    private SparkQueryWriter(SparkOutput output, QueryTypes types)
    {
        _output = output;
        _expressions = new(types, Write);
    }

    /// <summary>Writes a query that has no errors.</summary>
    /// <param name="parsed">What the parser made of it.</param>
    /// <param name="types">The types of its expressions.</param>
    /// <param name="file">Its file.</param>
    public static SparkQuery Write(ParsedSql parsed, QueryTypes types, string file)
    {
        SparkOutput output = new(parsed.Map);
        new SparkQueryWriter(output, types).WriteQuery(parsed.Query!);
        return output.ToQuery(file);
    }

    /// <summary>Writes the first column of a query alone, over the columns of its one table.</summary>
    /// <param name="parsed">What the parser made of the query.</param>
    /// <param name="types">The types of its expressions.</param>
    public static string WriteColumn(ParsedSql parsed, QueryTypes types)
    {
        SparkOutput output = new(parsed.Map);
        SparkQueryWriter inner = new(output, types);
        new SparkExpressionWriter(types, inner.Write, withAliases: false)
            .Write(parsed.Query!.Columns[0], parsed.Query!, output);
        return output.Text;
    }

    private void Write(SqlQuery query, SparkOutput output)
    {
        SparkQueryWriter writer = ReferenceEquals(output, _output) ? this : new(output, _expressions.Types);
        writer.WriteQuery(query);
    }

    private void WriteQuery(SqlQuery query)
    {
        if (!query.Ctes.IsEmpty)
        {
            _output.Append("with ").Join(", ", query.Ctes, WriteCte).Append(" ");
        }

        if (query.Kind == SqlQueryKind.SetOperation)
        {
            string operation = query.Type.ToLowerInvariant() + (query.IsAll ? " all" : "");
            _output.Join($" {operation} ", query.Sides, side => WriteNested(side));
        }
        else
        {
            WriteSelect(query);
        }

        if (!query.Orders.IsEmpty)
        {
            _output.Append(" order by ");
            _expressions.WriteOrders(query.Orders, query, _output);
        }

        string[] limits = ["limit", "offset"];
        foreach ((string word, SqlExpression? limit) in limits.Zip([query.Limit, query.Offset]))
        {
            if (limit is not null)
            {
                _output.Append($" {word} ");
                _expressions.Write(limit, query, _output);
            }
        }
    }

    private void WriteNested(SqlQuery query)
    {
        _output.Append("(");
        WriteQuery(query);
        _output.Append(")");
    }

    private void WriteCte(SqlCte cte)
    {
        _output.Append(SqlName.Spark(cte.Name)).Append(Names(cte.ColumnAliases)).Append(" as ");
        WriteNested(cte.Query);
    }

    private void WriteSelect(SqlQuery query)
    {
        _output.Append(query.IsDistinct ? "select distinct " : "select ")
            .Join(", ", query.Columns, column => WriteColumn(column, query));
        if (query.From is { Kind: not SqlTableKind.Empty } from)
        {
            _output.Append(" from ");
            WriteTable(from, query);
        }

        WriteClause(" where ", query.Where, query);
        WriteGroups(query);
        WriteClause(" having ", query.Having, query);
    }

    private void WriteClause(string word, SqlExpression? condition, SqlQuery query)
    {
        if (condition is not null)
        {
            _output.Append(word);
            _expressions.WriteCondition(condition, query, _output);
        }
    }

    private void WriteColumn(SqlExpression column, SqlQuery query)
    {
        if (column.Kind == ExpressionKind.Star)
        {
            // Only VALUES have one, which the parser writes.
            _output.Append("*");
            return;
        }

        _expressions.Write(column, query, _output);
        string name = OutputColumns.NameOf(column);
        if (name.Length > 0)
        {
            _output.Append(" as ").Append(SqlName.Spark(name));
        }
    }

    private void WriteGroups(SqlQuery query)
    {
        if (query.Groups.IsEmpty)
        {
            return;
        }

        _output.Append(" group by ");
        if (query.GroupingSets is [{ } all] && all.Length == query.Groups.Length)
        {
            _output.Join(", ", query.Groups, group => _expressions.Write(group, query, _output));
            return;
        }

        _output.Append("grouping sets (").Join(", ", query.GroupingSets, set => _output.Append("(")
            .Join(", ", set, i => _expressions.Write(query.Groups[i], query, _output)).Append(")")).Append(")");
    }

    private void WriteTable(SqlTable table, SqlQuery query)
    {
        _output.Mark(table.At);
        switch (table.Kind)
        {
            case SqlTableKind.Base:
                if (table.Parts.Length == 3 && TableName.TryParse(string.Join('.', table.Parts), out TableName name))
                {
                    _output.AppendTable(name);
                }
                else
                {
                    _output.Append(SqlName.Spark(table.Parts[^1]));
                }

                WriteAlias(table, table.Alias.Length > 0 ? table.Alias : table.Parts[^1]);
                break;
            case SqlTableKind.Subquery:
                WriteNested(table.Query!);
                WriteAlias(table, table.Alias);
                break;
            case SqlTableKind.Values:
                WriteValues(table, query);
                break;
            case SqlTableKind.Join:
                WriteJoin(table, query);
                break;
            default:
                throw new InvalidOperationException($"A {table.Type} cannot be written for Spark.");
        }
    }

    private void WriteAlias(SqlTable named, string alias)
    {
        if (alias.Length > 0)
        {
            _output.Append(" as ").Append(SqlName.Spark(alias)).Append(Names(named.ColumnAliases));
        }
    }

    private void WriteValues(SqlTable values, SqlQuery query)
    {
        ImmutableArray<string> names = values.ColumnAliases.IsEmpty
            ? [.. Enumerable.Range(0, values.Width).Select(i => $"col{i}")] : values.ColumnAliases;
        _output.Append("(values ").Join(", ", values.Expressions.Chunk(values.Width), row => _output.Append("(")
            .Join(", ", row, value => _expressions.Write(value, query, _output)).Append(")"));
        _output.Append(") as ").Append(SqlName.Spark(values.Alias.Length > 0 ? values.Alias : "valueslist"))
            .Append(Names(names));
    }

    private void WriteJoin(SqlTable join, SqlQuery query)
    {
        bool isCross = join.JoinKind == "CROSS" || (join.Expressions.IsEmpty && join.Using.IsEmpty);
        string word = isCross ? "cross" : join.JoinType is "SEMI" or "ANTI" ? $"left {join.JoinType}" : join.JoinType;
        WriteTable(join.Sides[0], query);
        _output.Append($" {word.ToLowerInvariant()} join ");
        bool isNested = join.Sides[1].Kind == SqlTableKind.Join;
        _output.Append(isNested ? "(" : "");
        WriteTable(join.Sides[1], query);
        _output.Append(isNested ? ")" : "");
        if (!join.Using.IsEmpty)
        {
            _output.Append(" using (").Append(string.Join(", ", join.Using.Select(SqlName.Spark))).Append(")");
        }
        else
        {
            WriteClause(" on ", join.Expressions.FirstOrDefault(), query);
        }
    }

    private static string Names(ImmutableArray<string> names) =>
        names.IsEmpty ? "" : $"({string.Join(", ", names.Select(SqlName.Spark))})";
}
