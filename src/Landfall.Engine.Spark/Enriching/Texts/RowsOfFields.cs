using System.Collections.Immutable;
using Landfall.Engine.Engines;
using Landfall.Engine.Formats;
using Landfall.Engine.Spark.Enriching.Columnar;
using Landfall.Engine.Spark.Enriching.Values;
using Landfall.Estate.Types;
using Landfall.Sql;

namespace Landfall.Engine.Spark.Enriching.Texts;

/// <summary>
/// Rows of texts as rows of the contract's types, with the first rule that each breaks.
/// </summary>
/// <param name="columns">The contract's columns.</param>
/// <param name="rules">How their texts become values.</param>
/// <param name="keepsRecords">Whether rows that break no rule keep their record, too.</param>
internal sealed class RowsOfFields(
    ImmutableArray<EnrichColumn> columns, ImmutableArray<ValueRules> rules, bool keepsRecords)
{
    /// <summary>The contract's columns as Spark names them, in order.</summary>
    public string Columns => string.Join(", ", columns.Select(c => SqlName.Spark(c.Name)));

    /// <summary>
    /// The contract's columns, <c>_batch</c>, <c>_source</c>, the number of the <c>_file</c>, the <c>_rule</c> that a
    /// row breaks and the column's name, its <c>_raw</c> record where it is kept, which columns are <c>_present</c>,
    /// and names that are <c>_unknown</c>.
    /// </summary>
    /// <param name="fields">A select of fields, see <see cref="JsonMembers"/>.</param>
    public string Of(string fields) => Of(new TypedFields(fields, [.. rules.Select(_ => false)], "_kept"));

    /// <summary>The same of fields of which some have the contract's type already.</summary>
    public string Of(TypedFields fields)
    {
        ImmutableArray<string?> outcomes =
        [
            .. rules.Select((r, i) => fields.AreTyped[i] ? r.TypedOutcomes($"t{i}")
                : r.Type.Kind == TypeKind.String ? null : r.Outcomes($"t{i}")),
        ];
        string judged = string.Concat(outcomes.Select((o, i) =>
            o is null ? "" : $", case when t{i} is not null then {o} end as o{i}"));
        string values = string.Join(", ", columns.Select((c, i) =>
            $"{(outcomes[i] is null ? $"t{i}" : $"o{i}.v")} as {SqlName.Spark(c.Name)}"));
        string broken = string.Join(", ", columns.Select((c, i) => Broken(c, i, outcomes[i] is null))
            .Where(b => b.Length > 0)
            .Prepend("if(_broken is null, null, named_struct('r', _broken, 'c', cast(null as string)))"));
        string kept = keepsRecords ? "true" : "_first is not null";
        return $"""
            select {values}, _batch, _source, _file, _first.r as _rule, _first.c as _column,
            if({kept}, make_valid_utf8({fields.Record}), null) as _raw, _present, _unknown from (
            select *, coalesce({broken}) as _first from (
            select *{judged} from ({fields.Sql})))
            """;
    }

    /// <summary>The same columns without rows.</summary>
    public string Empty() => "select " + string.Concat(columns.Select((c, i) =>
            $"cast(null as {rules[i].TypeName}) as {SqlName.Spark(c.Name)}, "))
        + "0L as _batch, '' as _source, 0 as _file, '' as _rule, '' as _column, '' as _raw, '' as _present, "
        + "cast(array() as array<string>) as _unknown where false";

    private static string Broken(EnrichColumn column, int index, bool isWhole)
    {
        string name = SparkSql.Text(column.Name);
        string required = $"named_struct('r', '{Rules.Required}', 'c', {name})";
        string typed = $"named_struct('r', o{index}.r, 'c', {name})";
        return (column.Required, isWhole) switch
        {
            (false, true) => "",
            (true, true) => $"if(t{index} is null, {required}, null)",
            (true, false) => $"case when t{index} is null then {required} when o{index}.r is not null then {typed} end",
            _ => $"if(o{index}.r is not null, {typed}, null)",
        };
    }
}
