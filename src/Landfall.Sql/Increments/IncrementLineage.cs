using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Sql.Linting;
using Landfall.Sql.Macros;
using Landfall.Sql.Syntax;

namespace Landfall.Sql.Increments;

/// <summary>
/// Follows the value of an incremental column from the inputs through a query. A part rebuilt alone must equal the same
/// part of a full rebuild, so that every row must depend on rows of its own partition only. What cannot be followed is
/// refused.
/// </summary>
/// <param name="rule">What is known of the table that is built.</param>
/// <param name="report">Takes the first problem: its place in the parsed text, what is wrong, what to write.</param>
internal sealed class IncrementLineage(IncrementInputs rule, Action<int, string, string> report)
{
    private static readonly string[] Equal = ["COMPARE_EQUAL", "COMPARE_NOT_DISTINCT_FROM"];
    private int _sources;
    private bool _reported;

    /// <summary>Follows a query and the queries inside it.</summary>
    public void Check(SqlQuery query)
    {
        Answer answer = Query(query, ImmutableDictionary<string, Relation>.Empty, null);
        Relation relation = answer.Relation;
        int at = relation.Columns.ToList().FindIndex(c => c.Equals(rule.Column, StringComparison.OrdinalIgnoreCase));
        if (relation.Keys is { } keys && !keys.Contains(PartitionKey.Column(Relation.Self, at)))
        {
            SqlQuery first = OutputColumns.First(query);
            Report(
                at >= 0 && at < first.Columns.Length ? SqlLinter.PlaceOf(first.Columns[at]) : SqlLinter.PlaceOf(query),
                $"Nothing shows that a row of the query depends on rows of its own {rule.Column} only, so that parts "
                + "built alone might differ from a full build.",
                $"Carry the expression of incremental.inputs to the column {rule.Column}, group and join by it, or "
                + "build the table in full.");
        }
    }

    /// <summary>What a query puts out, and what of its surroundings decides which rows it reads.</summary>
    private sealed record Answer(Relation Relation, ImmutableHashSet<string> Outer);

    private Answer Query(SqlQuery query, ImmutableDictionary<string, Relation> ctes, Scope? outer)
    {
        foreach (SqlCte cte in query.Ctes)
        {
            Relation relation = Whole(cte.Query, ctes, outer).Named(cte.ColumnAliases);
            ctes = ctes.SetItem(cte.Name.ToLowerInvariant(), relation);
        }

        return query.Kind == SqlQueryKind.SetOperation
            ? Union([.. query.Sides.Select(s => Query(s, ctes, outer))])
            : Select(query, ctes, outer);
    }

    /// <summary>A query whose rows are read as those of a table: they must say what they depend on.</summary>
    private Relation Whole(SqlQuery query, ImmutableDictionary<string, Relation> ctes, Scope? outer)
    {
        Relation relation = Query(query, ctes, outer).Relation;
        if (relation.Keys is not { IsEmpty: true })
        {
            return relation;
        }

        Report(
            SqlLinter.PlaceOf(query),
            $"This query puts rows of several {rule.Column} together, by which the table is built, or leaves the "
            + $"value of {rule.Column} out.",
            "Group by the expression of incremental.inputs and list it as a column, or build the table in full.");
        return relation with { Keys = null };
    }

    private static Answer Union(ImmutableArray<Answer> sides)
    {
        Answer[] dependent = [.. sides.Where(s => s.Relation.Keys is not null)];
        ImmutableArray<string> columns = sides.Length > 0 ? sides[0].Relation.Columns : [];
        return dependent.Length == 0
            ? new(new(columns, null), [])
            : new(
                new(columns, dependent.Select(d => d.Relation.Keys!).Aggregate((a, b) => a.Intersect(b))),
                dependent.Select(d => d.Outer).Aggregate((a, b) => a.Intersect(b)));
    }

    private Answer Select(SqlQuery query, ImmutableDictionary<string, Relation> ctes, Scope? outer)
    {
        SourceRows rows = query.From is { } from ? From(from, ctes, outer) : Empty(outer);
        Scope scope = rows.Scope with
        {
            Aliases = query.Columns.Where(c => c.Alias.Length > 0)
                .DistinctBy(c => c.Alias, StringComparer.OrdinalIgnoreCase)
                .ToImmutableDictionary(c => c.Alias, c => c, StringComparer.OrdinalIgnoreCase),
        };
        PartitionKeys keys = rows.Keys.And(new(
            [.. Subqueries(query, scope, ctes)],
            [.. query.Where is { } where ? Equalities(where, scope) : []]));
        keys = keys.Closed();
        ImmutableArray<string> names = [.. query.Columns.Select(OutputColumns.NameOf)];
        if (keys.Groups.IsEmpty)
        {
            return new(new(names, null), []);
        }

        if (keys.Groups.Length > 1)
        {
            Report(
                SqlLinter.PlaceOf(query),
                $"Rows of one {rule.Column} meet rows of others here: their incremental inputs are not joined by it.",
                "Add the expressions of incremental.inputs of both sides to the join, take one of the inputs out of "
                + "incremental.inputs, or build the table in full.");
            return new(new(names, null), []);
        }

        ImmutableHashSet<string> group = Grouped(query, scope, keys.Groups[0]);
        CheckWindows(query, scope, group);
        string?[] columns = [.. query.Columns.Select(scope.KeyOf)];
        IEnumerable<string> carried = group
            .Select(k => PartitionKey.Over(k, columns, scope.Ids, Relation.Self)).OfType<string>();
        return new(
            new(names, [.. carried]), [.. group.Where(k => !PartitionKey.Mentions(k, scope.Ids))]);
    }

    /// <summary>The keys that are left once rows are grouped: those that the groups decide.</summary>
    private static ImmutableHashSet<string> Grouped(SqlQuery query, Scope scope, ImmutableHashSet<string> keys)
    {
        bool aggregates = query.Having is not null || query.Columns.Concat(query.Orders.Select(o => o.Expression))
            .SelectMany(c => c.Walk())
            .Any(e => e.Kind == ExpressionKind.Function && Aggregates.Contains(e.Name));
        if (query.Groups.IsEmpty && !aggregates)
        {
            return keys;
        }

        string?[] groups = [.. query.Groups.Select(g => scope.KeyOf(Meant(g, query)))];
        ImmutableArray<ImmutableArray<int>> sets = query.GroupingSets.IsEmpty ? [[]] : query.GroupingSets;
        return
        [
            .. keys.Where(k => sets.All(set =>
                PartitionKey.Over(k, set.Select(i => groups[i]), scope.Ids, Relation.Self) is not null)),
        ];
    }

    private static readonly ImmutableHashSet<string> Aggregates =
    [
        .. PortableFunctions.Aggregates,
        .. new[] { "string_agg", "max_by", "min_by" }.Select(m => MacroExpander.SyntaxPrefix + m),
    ];

    /// <summary>A whole number in GROUP BY is a column's position.</summary>
    private static SqlExpression Meant(SqlExpression group, SqlQuery query) =>
        group.Kind == ExpressionKind.Constant && int.TryParse(group.Value, out int position)
        && position >= 1 && position <= query.Columns.Length
            ? query.Columns[position - 1]
            : group;

    private void CheckWindows(SqlQuery query, Scope scope, ImmutableHashSet<string> keys)
    {
        foreach (SqlExpression window in query.Expressions().SelectMany(e => e.Walk())
            .Where(e => e.Kind == ExpressionKind.Window))
        {
            string?[] partitions = [.. window.Partitions.Select(scope.KeyOf)];
            if (!keys.Any(k => PartitionKey.Over(k, partitions, scope.Ids, Relation.Self) is not null))
            {
                Report(window.At, IncrementRules.WindowProblem(window, rule.Column),
                    IncrementRules.WindowHint(rule.Column));
            }
        }
    }

    /// <summary>What the subqueries of a query's expressions make its rows depend on.</summary>
    private IEnumerable<ImmutableHashSet<string>> Subqueries(
        SqlQuery query, Scope scope, ImmutableDictionary<string, Relation> ctes)
    {
        HashSet<SqlExpression> required = new(
            query.Where is { } where ? Required(where) : [], ReferenceEqualityComparer.Instance);
        foreach (SqlExpression expression in query.Expressions().SelectMany(e => e.Walk())
            .Where(e => e.Query is not null))
        {
            if (Subquery(expression, required.Contains(expression), scope, ctes) is { } keys)
            {
                yield return keys;
            }
        }
    }

    /// <summary>Null where it reads no incremental input.</summary>
    private ImmutableHashSet<string>? Subquery(
        SqlExpression expression, bool required, Scope scope, ImmutableDictionary<string, Relation> ctes)
    {
        Answer answer = Query(expression.Query!, ctes, scope);
        if (answer.Relation.Keys is not { } keys)
        {
            return null;
        }

        // Where IN must hold, the operand is one of the values of its list; elsewhere a list without it decides too.
        bool listed = required && Equal.Contains(expression.Comparison) && expression.Children.Length == 1
            && keys.Contains(PartitionKey.Column(Relation.Self, 0));
        ImmutableHashSet<string> found = listed && scope.KeyOf(expression.Children[0]) is { } operand
            ? answer.Outer.Add(operand) : answer.Outer;
        if (found.IsEmpty)
        {
            Report(
                SqlLinter.PlaceOf(expression.Query!),
                $"This subquery reads rows of other {rule.Column} than the row's own, by which the table is built.",
                $"Compare the expression of incremental.inputs inside with {rule.Column} outside, or build the table "
                + "in full.");
            return null;
        }

        return found;
    }

    private SourceRows From(SqlTable table, ImmutableDictionary<string, Relation> ctes, Scope? outer)
    {
        switch (table.Kind)
        {
            case SqlTableKind.Base when table.Parts.Length == 3:
                string[] parts = [.. table.Parts.Select(p => p.ToLowerInvariant())];
                return Source(table, rule.RelationOf(new TableName(parts[0], parts[1], parts[2])), outer);
            case SqlTableKind.Base:
                return Source(
                    table, ctes.GetValueOrDefault(table.Parts[^1].ToLowerInvariant()) ?? new([], null), outer);
            case SqlTableKind.Subquery:
                return Source(table, Whole(table.Query!, ctes, outer), outer);
            case SqlTableKind.Join:
                return Join(table, ctes, outer);
            default:
                return Empty(outer);
        }
    }

    private static SourceRows Empty(Scope? outer) =>
        new(new([], ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase), outer),
            PartitionKeys.None);

    private SourceRows Source(SqlTable table, Relation relation, Scope? outer)
    {
        int id = _sources++;
        string alias = table.Alias.Length > 0 ? table.Alias : table.Parts.LastOrDefault("");
        PartitionKeys keys = PartitionKeys.None;
        if (relation.Keys is { } own)
        {
            string[] moved = [.. own.Select(k => PartitionKey.Move(k, Relation.Self, id))];
            keys = new([[.. moved.SelectMany(k => PartitionKey.SameParts(k, rule.ColumnType))]], []);
        }

        Scope scope = Empty(outer).Scope with { Sources = [(id, alias, relation.Named(table.ColumnAliases))] };
        return new(scope, keys);
    }

    private SourceRows Join(SqlTable join, ImmutableDictionary<string, Relation> ctes, Scope? outer)
    {
        SourceRows left = From(join.Sides[0], ctes, outer);
        SourceRows right = From(join.Sides[1], ctes, outer);
        Scope scope = left.Scope.With(right.Scope);
        List<(string, string)> condition = [.. join.Expressions.SelectMany(e => Equalities(e, scope))];
        foreach (string name in join.Using)
        {
            if (left.Scope.Find(name) is { } one && right.Scope.Find(name) is { } other)
            {
                condition.Add((one, other));
                scope = scope with
                {
                    Merged = scope.Merged.SetItem(name, join.JoinType switch
                    {
                        "RIGHT" => other,
                        "FULL" => PartitionKey.FirstKnown(one, other),
                        _ => one,
                    }),
                };
            }
        }

        PartitionKeys? keys = join.JoinType switch
        {
            "INNER" or "" => left.Keys.And(right.Keys).And(new([.. Conditions(join, scope, ctes)], [.. condition])),
            _ when Conditions(join, scope, ctes).Any() => null,
            "LEFT" or "SEMI" or "ANTI" => OuterJoin.Keeping(left, right, [.. condition]),
            "RIGHT" => OuterJoin.Keeping(right, left, [.. condition]),
            "FULL" => OuterJoin.Full(left, right, [.. condition]),
            _ => left.Keys.Groups.IsEmpty && right.Keys.Groups.IsEmpty ? PartitionKeys.None : null,
        };
        if (keys is null)
        {
            Report(
                join.Expressions.Select(SqlLinter.PlaceOf).FirstOrDefault(-1),
                $"Whether this join finds a partner depends on rows of other {rule.Column}, by which the table is "
                + "built.",
                "Add the expressions of incremental.inputs of both sides to the condition of the join, or build the "
                + "table in full.");
        }

        return new(
            join.JoinType is "SEMI" or "ANTI" ? left.Scope : scope, keys ?? PartitionKeys.None);
    }

    private IEnumerable<ImmutableHashSet<string>> Conditions(
        SqlTable join, Scope scope, ImmutableDictionary<string, Relation> ctes) => join.Expressions
        .SelectMany(e => e.Walk()).Where(e => e.Query is not null)
        .Select(e => Subquery(e, false, scope, ctes)).OfType<ImmutableHashSet<string>>();

    private static IEnumerable<(string, string)> Equalities(SqlExpression condition, Scope scope) =>
        from part in Required(condition)
        where part.Kind == ExpressionKind.Comparison && Equal.Contains(part.Type) && part.Children.Length == 2
        let one = scope.KeyOf(part.Children[0])
        let other = scope.KeyOf(part.Children[1])
        where one is not null && other is not null
        select (one, other);

    /// <summary>What must hold for a condition to hold.</summary>
    private static IEnumerable<SqlExpression> Required(SqlExpression condition) =>
        condition.Type == "CONJUNCTION_AND" ? condition.Children.SelectMany(Required) : [condition];

    private void Report(int at, string message, string hint)
    {
        if (!_reported)
        {
            _reported = true;
            report(at, message, hint);
        }
    }
}
