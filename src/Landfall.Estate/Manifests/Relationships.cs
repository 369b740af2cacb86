using System.Collections.Immutable;
using Landfall.Estate.Contracts;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Names;
using Landfall.Estate.Reading;
using Landfall.Estate.Yaml;

namespace Landfall.Estate.Manifests;

/// <summary>Reads the relationships of an ODCS contract, those of its tables and those of their columns.</summary>
/// <param name="tables">Every table of the contract with its place in the file.</param>
internal sealed class Relationships(IReadOnlyList<(Section Section, ContractTable Table)> tables)
{
    /// <summary>
    /// The relationships of a table to tables of the same contract, in the order of the file. Those to other contracts
    /// are the standard's and are not used.
    /// </summary>
    public ImmutableArray<ContractRelationship> Of(Section section, ContractTable table)
    {
        List<ContractRelationship> found = [];
        foreach (Section one in section.Sections("relationships", "The relationship", required: false))
        {
            IReadOnlyList<YamlScalar>? from = References(one, "from");
            ImmutableArray<string>? columns = from is null ? null : OwnColumns(section, table, from);
            Add(one, table, columns);
        }

        foreach (Section column in section.Sections("properties", "The column"))
        {
            foreach (Section one in column.Sections("relationships", "The relationship", required: false))
            {
                if (one.Has("from"))
                {
                    Malformed(one.Place("from"), "A relationship of a column has a 'from'.", "Remove it.");
                }

                Add(one, table, [column.TextOr("name", "")]);
            }
        }

        return [.. found.DistinctBy(r => r.ToString())];

        void Add(Section one, ContractTable owner, ImmutableArray<string>? columns)
        {
            if (columns is { } own && Read(one, owner, own) is { } relationship)
            {
                found.Add(relationship);
            }
        }
    }

    private ContractRelationship? Read(Section one, ContractTable owner, ImmutableArray<string> columns)
    {
        if (one.TextOr("type", "foreignKey") is not "foreignKey" and string type)
        {
            Malformed(one.Place("type"), $"The relationship type '{type}' is not known.", "Write foreignKey.");
        }

        if (References(one, "to") is not { } to || Parse(to) is not { } references
            || references.Any(r => r.IsElsewhere))
        {
            return null;
        }

        if (references.Length != columns.Length || references.Select(r => r.Table).Distinct().Count() != 1)
        {
            Malformed(
                one.Place("to"), "The relationship does not lead from each column to one of one table.",
                "Write as many columns in 'to' as in 'from', all of one table.");
            return null;
        }

        return Target(to, references) is { } target && Fits(one, owner, columns, target)
            ? new(columns, target.Table.Name, target.Columns)
            : null;
    }

    /// <summary>The table and columns that references mean; null and reported where there are none.</summary>
    private (ContractTable Table, ImmutableArray<string> Columns)? Target(
        IReadOnlyList<YamlScalar> to, ContractColumnReference[] references)
    {
        int index = tables.ToList().FindIndex(t => references[0].Means(t.Section, references[0].Table));
        if (index < 0)
        {
            Unknown(to[0], "table", references[0].Table, tables.Select(t => t.Table.Name));
            return null;
        }

        (Section section, ContractTable table) = tables[index];
        ImmutableArray<string>.Builder columns = ImmutableArray.CreateBuilder<string>();
        foreach ((ContractColumnReference reference, YamlScalar place) in references.Zip(to))
        {
            Section? column = section.Sections("properties", "The column")
                .FirstOrDefault(c => reference.Means(c, reference.Column));
            if (column is null)
            {
                Unknown(
                    place, $"column in '{table.Name}' named", reference.Column, table.Columns.Select(c => c.Name));
                return null;
            }

            columns.Add(column.TextOr("name", ""));
        }

        return (table, columns.ToImmutable());
    }

    private bool Fits(
        Section one, ContractTable owner, ImmutableArray<string> columns,
        (ContractTable Table, ImmutableArray<string> Columns) target)
    {
        bool isKey = target.Table.Keys.Any(k =>
            k.Columns.Length == target.Columns.Length && k.Columns.ToHashSet().SetEquals(target.Columns));
        if (!isKey)
        {
            string keys = string.Join(" or ", target.Table.Keys);
            Diagnostics.Error(
                "LF1079", one.Place("to"),
                $"({string.Join(", ", target.Columns)}) is no key of '{target.Table.Name}'.",
                keys.Length == 0 ? "Give the table a primary key." : $"Refer to its {keys}.");
            return false;
        }

        foreach ((string column, string other) in columns.Zip(target.Columns))
        {
            ContractColumn? mine = owner.Columns.FirstOrDefault(c => c.Name == column);
            ContractColumn? theirs = target.Table.Columns.FirstOrDefault(c => c.Name == other);
            if (mine is null || theirs is null)
            {
                return false;
            }

            if (!mine.Type.Equals(theirs.Type))
            {
                Diagnostics.Error(
                    "LF1080", one.Place("to"),
                    $"'{column}' is {mine.Type}, but '{target.Table.Name}.{other}' is {theirs.Type}.",
                    "Give both columns one type.");
                return false;
            }
        }

        return true;
    }

    /// <summary>The columns of the table itself that 'from' names; null and reported where one is none.</summary>
    private ImmutableArray<string>? OwnColumns(Section section, ContractTable table, IReadOnlyList<YamlScalar> from)
    {
        if (Parse(from) is not { } references)
        {
            return null;
        }

        if (Array.Find(references, r => r.IsElsewhere || !r.Means(section, r.Table)) is not null)
        {
            Malformed(
                from[0].Location, $"'{from[0].Text}' is no column of '{table.Name}', whose relationship it is.",
                $"Write {table.Name}.COLUMN.");
            return null;
        }

        return Target(from, references)?.Columns;
    }

    /// <summary>One text or a list of texts; null and reported where there is none.</summary>
    private static IReadOnlyList<YamlScalar>? References(Section one, string key)
    {
        if (one.Find(key) is YamlSequence)
        {
            ImmutableArray<YamlScalar> all = one.Scalars(key);
            return all.IsEmpty ? null : all;
        }

        return one.Scalar(key, required: true) is { } scalar ? [scalar] : null;
    }

    private ContractColumnReference[]? Parse(IReadOnlyList<YamlScalar> texts)
    {
        ContractColumnReference?[] found = [.. texts.Select(t => ContractColumnReference.Parse(t.Text))];
        int wrong = Array.IndexOf(found, null);
        if (wrong >= 0)
        {
            Malformed(
                texts[wrong].Location, $"'{texts[wrong].Text}' names no column.",
                $"Write {ContractColumnReference.Shape}.");
            return null;
        }

        return [.. found.OfType<ContractColumnReference>()];
    }

    private void Malformed(SourceLocation place, string message, string hint) =>
        Diagnostics.Error("LF1077", place, message, hint);

    private void Unknown(YamlScalar place, string what, string name, IEnumerable<string> known) =>
        Diagnostics.Error(
            "LF1078", place.Location, $"There is no {what} '{name}'.", Spelling.Hint(name, known));

    private DiagnosticBag Diagnostics => tables[0].Section.Context.Diagnostics;
}
