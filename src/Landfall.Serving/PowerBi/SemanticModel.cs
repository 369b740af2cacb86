using System.Collections.Immutable;
using Landfall.Estate.Contracts;

namespace Landfall.Serving.PowerBi;

/// <summary>What of a contract is in a model of Power BI.</summary>
/// <param name="Tables">The tables in the order of the contract.</param>
/// <param name="Relationships">The relationships of one column each between two of them.</param>
/// <param name="LeftOut">What is not in it, each with the reason.</param>
internal sealed record SemanticModel(
    ImmutableArray<ModelTable> Tables, ImmutableArray<ModelRelationship> Relationships, ImmutableArray<string> LeftOut)
{
    /// <summary>
    /// The model of a contract. Columns that are personal or restricted are not in it, nor what is made of them: a role
    /// that does not name them may not read them, and a model that has them would fail for its users.
    /// </summary>
    public static SemanticModel Of(Contract contract)
    {
        List<string> leftOut = [];
        ImmutableArray<ContractTable> visible = [.. contract.Tables.Select(t => Visible(t, leftOut))];
        ImmutableArray<ContractTable> kept = [.. visible.Where(t => t.Columns.Length > 0)];
        ImmutableDictionary<string, string> names = MeasureNames(kept, leftOut);
        bool hasMeasure = names.Count > 0;
        HashSet<string> taken = new(names.Values, StringComparer.OrdinalIgnoreCase);
        ImmutableArray<ModelTable> tables =
        [
            .. kept.Select(t => new ModelTable(
                t.Name, t.Description, t.Columns,
                t.PrimaryKey is [string key] && t.Columns.Any(c => c.Name == key) ? key : "",
                hasMeasure ? [.. Measures(t, names)] : [RowCount(t, taken)])),
        ];
        return new(tables, [.. Related(kept, leftOut)], [.. leftOut]);
    }

    private static ContractTable Visible(ContractTable table, List<string> leftOut)
    {
        leftOut.AddRange(table.Columns.Where(IsWithheld)
            .Select(c => $"column {table.Name}.{c.Name}: it is {c.Classification}"));
        return table with { Columns = [.. table.Columns.Where(c => !IsWithheld(c))] };
    }

    private static bool IsWithheld(ContractColumn column) => column.Classification is "personal" or "restricted";

    /// <summary>Names in the model by the contract's names, of the measures whose columns are in the model.</summary>
    private static ImmutableDictionary<string, string> MeasureNames(
        ImmutableArray<ContractTable> tables, List<string> leftOut)
    {
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        ImmutableDictionary<string, string>.Builder names = ImmutableDictionary.CreateBuilder<string, string>();
        foreach ((ContractTable table, ContractMeasure measure) in tables
            .SelectMany(t => t.Measures.Select(m => (t, m))).OrderBy(m => m.m.Divide.Length))
        {
            HashSet<string> columns = [.. table.Columns.Select(c => c.Name)];
            bool isWhole = measure.Divide.All(names.ContainsKey) && measure.Where.All(f => columns.Contains(f.Column))
                && (measure.Column.Length == 0 || columns.Contains(measure.Column));
            if (isWhole)
            {
                // A measure may have the name of a column of another table, but of none of its own.
                HashSet<string> beside = new(taken.Concat(columns), StringComparer.OrdinalIgnoreCase);
                names[measure.Name] = ModelName.Unique(ModelName.OneLine(measure.Name), beside);
                _ = taken.Add(names[measure.Name]);
            }
            else
            {
                leftOut.Add($"measure {ModelName.OneLine(measure.Name)}: it is made of what is left out");
            }
        }

        return names.ToImmutable();
    }

    private static IEnumerable<ModelMeasure> Measures(
        ContractTable table, ImmutableDictionary<string, string> names) =>
        table.Measures.Where(m => names.ContainsKey(m.Name)).Select(m => new ModelMeasure(
            names[m.Name], m.Description, ModelName.OneLine(m.Format),
            m.Divide is [string dividend, string divisor]
                ? Dax.Quotient(names[dividend], names[divisor])
                : Dax.Aggregate(table.Name, m, table.Columns)));

    /// <summary>
    /// A contract that names no measure has at least this one of each table, so that a report can begin.
    /// </summary>
    private static ModelMeasure RowCount(ContractTable table, HashSet<string> taken) => new(
        ModelName.Unique($"Rows of {table.Name}", taken), "", "#,0", Dax.Rows(table.Name));

    private static IEnumerable<ModelRelationship> Related(
        ImmutableArray<ContractTable> tables, List<string> leftOut)
    {
        FilterPaths paths = new();
        foreach ((ContractTable table, ContractRelationship relationship) in tables
            .SelectMany(t => t.Relationships.Select(r => (t, r))))
        {
            ContractTable? target = tables.FirstOrDefault(t => t.Name == relationship.Table);
            if (relationship is not { Columns: [string from], TargetColumns: [string to] }
                || target is null || target.Name == table.Name)
            {
                leftOut.Add($"relationship {table.Name} {relationship}: Power BI relates one column of a table to one "
                    + "of another");
                continue;
            }

            ContractColumn? key = target.Columns.FirstOrDefault(c => c.Name == to);
            if (key is not null && table.Columns.Any(c => c.Name == from))
            {
                yield return new(
                    table.Name, from, target.Name, to, paths.TryAdd(target.Name, table.Name), key.Required);
            }
            else
            {
                leftOut.Add($"relationship {table.Name} {relationship}: it is made of what is left out");
            }
        }
    }
}
