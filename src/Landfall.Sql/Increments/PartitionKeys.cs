using System.Collections.Immutable;

namespace Landfall.Sql.Increments;

/// <summary>
/// Which part of its inputs each row depends on. A group stands for the rows of one incremental input, or of several
/// that meet in the same partition only: its expressions all equal the value of the incremental column. Several groups
/// are rows of different partitions that meet.
/// </summary>
/// <param name="Groups">The groups; none where no incremental input is read.</param>
/// <param name="Equalities">Expressions that are equal in every row.</param>
internal sealed record PartitionKeys(
    ImmutableArray<ImmutableHashSet<string>> Groups, ImmutableArray<(string, string)> Equalities)
{
    /// <summary>More would only be other ways to write what is known.</summary>
    private const int KeysMax = 200;

    /// <summary>Of no incremental input.</summary>
    public static PartitionKeys None { get; } = new([], []);

    /// <summary>Rows that fulfil both.</summary>
    public PartitionKeys And(PartitionKeys other) =>
        new([.. Groups, .. other.Groups], [.. Equalities, .. other.Equalities]);

    /// <summary>With what follows from the equalities, and groups that share an expression as one.</summary>
    public PartitionKeys Closed()
    {
        List<ImmutableHashSet<string>> closed = [];
        foreach (ImmutableHashSet<string> group in Groups.Select(Closed))
        {
            ImmutableHashSet<string> whole = group;
            foreach (ImmutableHashSet<string> met in closed.Where(c => c.Overlaps(whole)).ToArray())
            {
                whole = whole.Union(met);
                closed.Remove(met);
            }

            closed.Add(whole);
        }

        return this with { Groups = [.. closed] };
    }

    private ImmutableHashSet<string> Closed(ImmutableHashSet<string> group)
    {
        int before;
        do
        {
            before = group.Count;
            foreach ((string one, string other) in Equalities.Where(_ => group.Count < KeysMax))
            {
                group = group.Union(group.Select(k => k.Replace(one, other, StringComparison.Ordinal)))
                    .Union(group.Select(k => k.Replace(other, one, StringComparison.Ordinal)));
            }
        }
        while (group.Count > before && group.Count < KeysMax);

        return group;
    }
}
