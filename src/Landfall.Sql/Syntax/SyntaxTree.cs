using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Landfall.Sql.Syntax;

/// <summary>
/// The one place that knows the keys of DuckDB's JSON syntax trees. Keys it does not know are ignored; classes and
/// nodes it does not know become Unknown, which every user of the tree refuses. A newer parser may so add detail, but
/// cannot slip a construct past the rules.
/// </summary>
internal sealed class SyntaxTree
{
    private readonly Func<long, int> _index;

    /// <summary>Prepares to read a tree.</summary>
    /// <param name="index">Turns the parser's byte offset into an index of the text.</param>
    public SyntaxTree(Func<long, int> index) => _index = index;

    /// <summary>The queries of the statements of a tree without error.</summary>
    public ImmutableArray<SqlQuery> ReadStatements(JsonElement root) =>
        [.. Items(root, "statements").Select(ReadStatement)];

    private SqlQuery ReadStatement(JsonElement statement) =>
        Get(statement, "node") is { } node ? ReadQuery(node) : UnknownQuery("statement");

    private static SqlQuery UnknownQuery(string type) => new() { Kind = SqlQueryKind.Unknown, Type = type };

    private SqlQuery ReadQuery(JsonElement node) => Text(node, "type") switch
    {
        "SELECT_NODE" => ReadModifiers(node, ReadSelect(node)),
        "SET_OPERATION_NODE" => ReadModifiers(node, new()
        {
            Kind = SqlQueryKind.SetOperation,
            Type = Text(node, "setop_type"),
            IsAll = Flag(node, "setop_all"),
            Sides = ReadSides(node),
        }),
        "RECURSIVE_CTE_NODE" => ReadModifiers(node, new()
        {
            Kind = SqlQueryKind.Recursive,
            Type = "RECURSIVE_CTE",
            Sides = ReadSides(node),
        }),
        string type => ReadModifiers(node, UnknownQuery(type)),
    };

    private ImmutableArray<SqlQuery> ReadSides(JsonElement node)
    {
        JsonElement?[] two = [Get(node, "left"), Get(node, "right")];
        return [.. two.OfType<JsonElement>().Concat(Items(node, "children")).Select(ReadQuery)];
    }

    private SqlQuery ReadSelect(JsonElement node) => new()
    {
        Kind = SqlQueryKind.Select,
        Type = "SELECT",
        Columns = ReadAll(node, "select_list"),
        From = Get(node, "from_table") is { } from ? ReadTable(from) : null,
        Where = ReadOptional(node, "where_clause"),
        Groups = ReadAll(node, "group_expressions"),
        GroupingSets = [.. Items(node, "group_sets").Select(ReadIndices)],
        Having = ReadOptional(node, "having"),
        Qualify = ReadOptional(node, "qualify"),
        GroupsByAll = Text(node, "aggregate_handling") == "FORCE_AGGREGATES",
        Samples = Get(node, "sample") is not null,
    };

    private SqlQuery ReadModifiers(JsonElement node, SqlQuery query)
    {
        query = query with { Ctes = ReadCtes(node) };
        foreach (JsonElement modifier in Items(node, "modifiers"))
        {
            query = Text(modifier, "type") switch
            {
                "ORDER_MODIFIER" => query with { Orders = ReadOrders(modifier) },
                "DISTINCT_MODIFIER" => query with
                {
                    IsDistinct = true,
                    DistinctOn = ReadAll(modifier, "distinct_on_targets"),
                },
                "LIMIT_MODIFIER" => ReadLimits(modifier, query),
                "LIMIT_PERCENT_MODIFIER" => ReadLimits(modifier, query) with { LimitsByPercent = true },
                _ => query with { HasUnknownModifier = true },
            };
        }

        return query;
    }

    private SqlQuery ReadLimits(JsonElement modifier, SqlQuery query) => query with
    {
        Limit = ReadOptional(modifier, "limit"),
        Offset = ReadOptional(modifier, "offset"),
    };

    private ImmutableArray<SqlCte> ReadCtes(JsonElement node)
    {
        if (Get(node, "cte_map") is not { } map)
        {
            return [];
        }

        return [.. Items(map, "map").Select(entry => new SqlCte(
            Text(entry, "key"),
            Get(entry, "value") is { } value && Get(value, "query") is { } query
                ? ReadWrapped(query) : UnknownQuery("CTE"),
            Get(entry, "value") is { } aliased ? ReadNames(aliased, "aliases") : []))];
    }

    private static ImmutableArray<string> ReadNames(JsonElement element, string key) =>
        [.. Items(element, key).Select(n => n.GetString() ?? "")];

    private static ImmutableArray<int> ReadIndices(JsonElement set) => set.ValueKind == JsonValueKind.Array
        ? [.. set.EnumerateArray().Select(i => i.GetInt32())]
        : [];

    // A query inside another stands in a statement of its own.
    private SqlQuery ReadWrapped(JsonElement statement) =>
        Get(statement, "node") is { } node ? ReadQuery(node) : ReadQuery(statement);

    private SqlTable ReadTable(JsonElement table)
    {
        string type = Text(table, "type");
        var result = new SqlTable
        {
            Kind = TableKind(type),
            At = Position(table),
            Type = type,
            Alias = Text(table, "alias"),
            ColumnAliases = ReadNames(table, "column_name_alias"),
            Samples = Get(table, "sample") is not null,
            HasVersion = Get(table, "at_clause") is not null,
        };
        return result.Kind switch
        {
            SqlTableKind.Base => result with { Parts = ReadTableName(table) },
            SqlTableKind.Join => ReadJoin(table, result),
            SqlTableKind.Subquery => result with { Query = ReadNested(table, "subquery") },
            SqlTableKind.Show => result with { Query = ReadNested(table, "query") },
            SqlTableKind.Function => result with { Expressions = ReadCall(table) },
            SqlTableKind.Values => result with { Expressions = ReadRows(table), Width = WidthOf(table) },
            _ => result,
        };
    }

    private static SqlTableKind TableKind(string type) => type switch
    {
        "BASE_TABLE" => SqlTableKind.Base,
        "JOIN" => SqlTableKind.Join,
        "SUBQUERY" => SqlTableKind.Subquery,
        "TABLE_FUNCTION" => SqlTableKind.Function,
        "EXPRESSION_LIST" => SqlTableKind.Values,
        "EMPTY" or "EMPTY_FROM" => SqlTableKind.Empty,
        "SHOW_REF" => SqlTableKind.Show,
        "PIVOT" => SqlTableKind.Pivot,
        _ => SqlTableKind.Unknown,
    };

    private static ImmutableArray<string> ReadTableName(JsonElement table)
    {
        string[] parts = [Text(table, "catalog_name"), Text(table, "schema_name"), Text(table, "table_name")];
        return [.. parts.Where(p => p.Length > 0)];
    }

    private SqlTable ReadJoin(JsonElement table, SqlTable result)
    {
        JsonElement?[] sides = [Get(table, "left"), Get(table, "right")];
        return result with
        {
            JoinKind = Text(table, "ref_type"),
            JoinType = Text(table, "join_type"),
            Using = ReadNames(table, "using_columns"),
            Sides = [.. sides.OfType<JsonElement>().Select(ReadTable)],
            Expressions = ReadOptional(table, "condition") is { } condition ? [condition] : [],
        };
    }

    private SqlQuery? ReadNested(JsonElement table, string key) =>
        Get(table, key) is { } query ? ReadWrapped(query) : null;

    private ImmutableArray<SqlExpression> ReadCall(JsonElement table) =>
        ReadOptional(table, "function") is { } call ? [call] : [];

    private ImmutableArray<SqlExpression> ReadRows(JsonElement table) =>
        [.. Items(table, "values").SelectMany(row => row.EnumerateArray()).Select(ReadExpression)];

    private static int WidthOf(JsonElement table) =>
        Items(table, "values").Select(row => row.GetArrayLength()).FirstOrDefault();

    private ImmutableArray<SqlExpression> ReadAll(JsonElement element, string key) =>
        [.. Items(element, key).Select(ReadExpression)];

    private SqlExpression? ReadOptional(JsonElement element, string key) =>
        Get(element, key) is { } found ? ReadExpression(found) : null;

    private SqlExpression ReadExpression(JsonElement element)
    {
        var result = new SqlExpression
        {
            Kind = ExpressionKindOf(Text(element, "class")),
            At = Position(element),
            Type = Text(element, "type"),
            Alias = Text(element, "alias"),
        };
        return result.Kind switch
        {
            ExpressionKind.Column => ReadColumn(element, result),
            ExpressionKind.Constant => ReadConstant(element, result),
            ExpressionKind.Function or ExpressionKind.Window => ReadFunction(element, result),
            ExpressionKind.Cast => ReadCast(element, result),
            ExpressionKind.Case => ReadCase(element, result),
            ExpressionKind.Comparison => ReadArguments(element, result, "left", "right"),
            ExpressionKind.Between => ReadArguments(element, result, "input", "lower", "upper"),
            ExpressionKind.Lambda => ReadArguments(element, result, "lhs", "expr"),
            ExpressionKind.Subquery => ReadArguments(element, result, "child") with
            {
                Query = ReadNested(element, "subquery"),
                Comparison = Text(element, Get(element, "child") is null ? "subquery_type" : "comparison_type"),
            },
            ExpressionKind.Collate or ExpressionKind.Star => ReadArguments(element, result, "child", "expr"),
            _ => ReadArguments(element, result, "children"),
        };
    }

    private static ExpressionKind ExpressionKindOf(string name) => name switch
    {
        "COLUMN_REF" => ExpressionKind.Column,
        "CONSTANT" => ExpressionKind.Constant,
        "FUNCTION" => ExpressionKind.Function,
        "WINDOW" => ExpressionKind.Window,
        "CAST" => ExpressionKind.Cast,
        "CASE" => ExpressionKind.Case,
        "COMPARISON" => ExpressionKind.Comparison,
        "BETWEEN" => ExpressionKind.Between,
        "CONJUNCTION" => ExpressionKind.Conjunction,
        "OPERATOR" => ExpressionKind.Operator,
        "SUBQUERY" => ExpressionKind.Subquery,
        "STAR" => ExpressionKind.Star,
        "LAMBDA" or "LAMBDA_REF" => ExpressionKind.Lambda,
        "PARAMETER" => ExpressionKind.Parameter,
        "POSITIONAL_REFERENCE" => ExpressionKind.PositionalReference,
        "COLLATE" => ExpressionKind.Collate,
        _ => ExpressionKind.Unknown,
    };

    private static SqlExpression ReadColumn(JsonElement element, SqlExpression result)
    {
        ImmutableArray<string> parts = [.. Items(element, "column_names").Select(p => p.GetString() ?? "")];
        return result with { Parts = parts, Name = string.Join('.', parts) };
    }

    private static SqlExpression ReadConstant(JsonElement element, SqlExpression result)
    {
        if (Get(element, "value") is not { } value)
        {
            return result with { Kind = ExpressionKind.Unknown };
        }

        bool isNull = Get(value, "is_null") is { ValueKind: JsonValueKind.True };
        return result with
        {
            DataType = Get(value, "type") is { } type ? Text(type, "id") : "",
            Value = isNull || Get(value, "value") is not { } literal ? ""
                : literal.ValueKind == JsonValueKind.Object ? ReadHuge(literal) : literal.ToString(),
            Width = TypeNumber(value, "type", "width"),
            Scale = TypeNumber(value, "type", "scale"),
        };
    }

    // Whole numbers of 128 bits come in two halves, of which those that are zero may be left out.
    private static string ReadHuge(JsonElement halves)
    {
        long upper = Get(halves, "upper") is { } high && high.TryGetInt64(out long h) ? h : 0;
        ulong lower = Get(halves, "lower") is { } low && low.TryGetUInt64(out ulong l) ? l : 0;
        return new Int128((ulong)upper, lower).ToString(CultureInfo.InvariantCulture);
    }

    private SqlExpression ReadFunction(JsonElement element, SqlExpression result)
    {
        ImmutableArray<SqlExpression> arguments = ReadAll(element, "children");
        ImmutableArray<SqlOrder> orders =
            [.. ReadOrders(element), .. Get(element, "order_bys") is { } inner ? ReadOrders(inner) : []];
        ImmutableArray<SqlExpression> partitions = ReadAll(element, "partitions");
        string[] others = ["filter", "filter_expr", "start_expr", "end_expr", "offset_expr", "default_expr"];
        return result with
        {
            Name = Text(element, "function_name").ToLowerInvariant(),
            Schema = Text(element, "schema"),
            Distinct = Flag(element, "distinct"),
            IgnoreNulls = Flag(element, "ignore_nulls"),
            Filter = ReadOptional(element, "filter") ?? ReadOptional(element, "filter_expr"),
            Frame = result.Kind == ExpressionKind.Window ? ReadFrame(element) : null,
            Offset = ReadOptional(element, "offset_expr"),
            Default = ReadOptional(element, "default_expr"),
            Partitions = partitions,
            Orders = orders,
            Arguments = arguments.Length,
            Children =
            [
                .. arguments,
                .. partitions,
                .. orders.Select(o => o.Expression),
                .. others.Select(key => ReadOptional(element, key)).OfType<SqlExpression>(),
            ],
        };
    }

    private SqlFrame ReadFrame(JsonElement element) => new(
        Text(element, "start"), ReadOptional(element, "start_expr"),
        Text(element, "end"), ReadOptional(element, "end_expr"),
        Text(element, "exclude_clause") is not ("" or "NO_OTHER"));

    private ImmutableArray<SqlOrder> ReadOrders(JsonElement element) =>
    [
        .. Items(element, "orders").Concat(Items(element, "arg_orders"))
            .Where(o => Get(o, "expression") is not null).Select(ReadOrder),
    ];

    private SqlOrder ReadOrder(JsonElement order)
    {
        string nulls = Text(order, "null_order").Replace('_', ' ');
        bool says = nulls.Contains("NULLS", StringComparison.Ordinal);
        bool descending = Text(order, "type") == "DESCENDING";
        return new(
            ReadExpression(order.GetProperty("expression")), says, descending,
            says ? nulls.Contains("FIRST", StringComparison.Ordinal) : !descending);
    }

    private SqlExpression ReadCase(JsonElement element, SqlExpression result)
    {
        IEnumerable<SqlExpression?> checks = Items(element, "case_checks")
            .SelectMany(c => new[] { ReadOptional(c, "when_expr"), ReadOptional(c, "then_expr") })
            .Append(ReadOptional(element, "else_expr"));
        return result with { Children = [.. checks.OfType<SqlExpression>()] };
    }

    private SqlExpression ReadArguments(JsonElement element, SqlExpression result, params string[] keys)
    {
        ImmutableArray<SqlExpression> found =
        [
            .. keys.SelectMany(key => Get(element, key) is not { } value ? []
                : value.ValueKind == JsonValueKind.Array ? ReadAll(element, key) : [ReadExpression(value)]),
        ];
        return result with { Children = found, Arguments = found.Length };
    }

    private SqlExpression ReadCast(JsonElement element, SqlExpression result) =>
        ReadArguments(element, result, "child") with
        {
            DataType = Get(element, "cast_type") is { } type ? Text(type, "id") : "",
            Width = TypeNumber(element, "cast_type", "width"),
            Scale = TypeNumber(element, "cast_type", "scale"),
            IsTry = Flag(element, "try_cast"),
        };

    private static int TypeNumber(JsonElement element, string key, string number) =>
        Get(element, key) is { } type && Get(type, "type_info") is { } info
        && Get(info, number) is { ValueKind: JsonValueKind.Number } found ? found.GetInt32() : 0;

    private int Position(JsonElement element) =>
        Get(element, "query_location") is { ValueKind: JsonValueKind.Number } place
        && place.TryGetInt64(out long offset) && offset >= 0 ? _index(offset) : -1;

    private static JsonElement? Get(JsonElement element, string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out JsonElement found)
        && found.ValueKind != JsonValueKind.Null ? found : null;

    private static bool Flag(JsonElement element, string key) =>
        Get(element, key) is { ValueKind: JsonValueKind.True };

    private static string Text(JsonElement element, string key) =>
        Get(element, key) is { ValueKind: JsonValueKind.String } found ? found.GetString() ?? "" : "";

    private static IEnumerable<JsonElement> Items(JsonElement element, string key) =>
        Get(element, key) is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray() : [];
}
