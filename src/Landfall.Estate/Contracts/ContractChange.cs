using System.Collections.Immutable;

namespace Landfall.Estate.Contracts;

/// <summary>One difference between what a table promised and what it promises now.</summary>
/// <param name="Column">The column it is about; empty where it is about the table.</param>
/// <param name="Text">What changed, a phrase; never a row's value.</param>
/// <param name="Effect">What it means for readers and for the table's data.</param>
public sealed record ContractChange(string Column, string Text, ContractEffect Effect)
{
    /// <summary>Whether readers may break, so that the contract's major version must rise.</summary>
    public bool IsBreaking => Effect == ContractEffect.Breaking;

    /// <summary>
    /// The differences in a table's contract, in the order of the new contract's columns. Compatible are an added
    /// column that may be null, and descriptions; everything else breaks readers.
    /// </summary>
    /// <param name="old">What was promised.</param>
    /// <param name="now">What is promised now.</param>
    public static ImmutableArray<ContractChange> Compare(ContractTable old, ContractTable now) =>
    [
        .. Columns(old, now),
        .. Order(old, now),
        .. Key(old, now),
        .. Rules(old, now),
        .. old.Description == now.Description ? Array.Empty<ContractChange>()
            : [new("", "description of the table changed", ContractEffect.Described)],
    ];

    private static IEnumerable<ContractChange> Columns(ContractTable old, ContractTable now)
    {
        Dictionary<string, ContractColumn> before = old.Columns.ToDictionary(c => c.Name, StringComparer.Ordinal);
        HashSet<string> names = [.. now.Columns.Select(c => c.Name)];
        List<ContractColumn> gone = [.. old.Columns.Where(c => !names.Contains(c.Name))];
        foreach (ContractColumn column in now.Columns)
        {
            if (before.TryGetValue(column.Name, out ContractColumn? known))
            {
                foreach (ContractChange change in OfColumn(known, column))
                {
                    yield return change;
                }
            }
            else if (gone.Find(c => IsRenamed(old, now, c, column)) is { } renamed)
            {
                gone.Remove(renamed);
                yield return Breaking(column.Name, $"column '{renamed.Name}' renamed to '{column.Name}'");
            }
            else
            {
                yield return column.Required
                    ? Breaking(column.Name, $"required column '{column.Name}' added")
                    : new(column.Name, $"column '{column.Name}' added", ContractEffect.Compatible);
            }
        }

        foreach (ContractColumn column in gone)
        {
            yield return Breaking(column.Name, $"column '{column.Name}' removed");
        }
    }

    /// <summary>A contract has no word for it: one of the same type at the same place took the name's place.</summary>
    private static bool IsRenamed(ContractTable old, ContractTable now, ContractColumn was, ContractColumn column) =>
        was.Type.Equals(column.Type) && was.Required == column.Required
        && old.Columns.IndexOf(was) == now.Columns.IndexOf(column);

    private static IEnumerable<ContractChange> OfColumn(ContractColumn old, ContractColumn now)
    {
        string name = now.Name;
        if (!old.Type.Equals(now.Type))
        {
            yield return Breaking(name, $"type of column '{name}' changed from {old.Type} to {now.Type}");
        }

        if (old.Required != now.Required)
        {
            yield return Breaking(name, now.Required
                ? $"column '{name}' may no longer be null"
                : $"column '{name}' may be null now");
        }

        if (old.Unique != now.Unique)
        {
            yield return Breaking(name, now.Unique
                ? $"column '{name}' is unique now"
                : $"column '{name}' is no longer unique");
        }

        if (old.Classification != now.Classification)
        {
            yield return Breaking(
                name,
                $"classification of column '{name}' changed from {Word(old.Classification)} to "
                + Word(now.Classification));
        }

        if (old.Description != now.Description)
        {
            yield return new(name, $"description of column '{name}' changed", ContractEffect.Described);
        }
    }

    private static IEnumerable<ContractChange> Order(ContractTable old, ContractTable now)
    {
        HashSet<string> both =
            [.. old.Columns.Select(c => c.Name).Intersect(now.Columns.Select(c => c.Name), StringComparer.Ordinal)];
        return old.Columns.Select(c => c.Name).Where(both.Contains)
            .SequenceEqual(now.Columns.Select(c => c.Name).Where(both.Contains))
            ? []
            : [Breaking("", "order of columns changed")];
    }

    private static IEnumerable<ContractChange> Key(ContractTable old, ContractTable now) =>
        old.PrimaryKey.SequenceEqual(now.PrimaryKey)
            ? []
            : [Breaking("", $"primary key changed from {Names(old.PrimaryKey)} to {Names(now.PrimaryKey)}")];

    private static IEnumerable<ContractChange> Rules(ContractTable old, ContractTable now)
    {
        Dictionary<string, QualityRule> before = old.Quality.ToDictionary(r => r.Name, StringComparer.Ordinal);
        foreach (QualityRule rule in now.Quality)
        {
            if (!before.Remove(rule.Name, out QualityRule? known))
            {
                yield return Breaking("", $"quality rule '{rule.Name}' added");
            }
            else if (!known.Equals(rule))
            {
                yield return Breaking("", $"quality rule '{rule.Name}' changed");
            }
        }

        foreach (QualityRule rule in old.Quality.Where(r => before.ContainsKey(r.Name)))
        {
            yield return Breaking("", $"quality rule '{rule.Name}' removed");
        }
    }

    private static ContractChange Breaking(string column, string text) => new(column, text, ContractEffect.Breaking);

    private static string Names(ImmutableArray<string> columns) =>
        columns.IsEmpty ? "none" : $"({string.Join(", ", columns)})";

    private static string Word(string classification) => classification.Length == 0 ? "none" : classification;
}
