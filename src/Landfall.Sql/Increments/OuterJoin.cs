using System.Collections.Immutable;

namespace Landfall.Sql.Increments;

/// <summary>
/// What rows of outer joins depend on. A row without partner depends on there being none, so that partners must be of
/// its own partition by the condition of the join itself.
/// </summary>
internal static class OuterJoin
{
    /// <summary>
    /// Keys of a join that keeps one side's rows, also of a semi or anti join; null where rows of other partitions
    /// decide.
    /// </summary>
    /// <param name="kept">The side whose rows are kept.</param>
    /// <param name="other">The other side.</param>
    /// <param name="condition">What the condition makes equal.</param>
    public static PartitionKeys? Keeping(
        SourceRows kept, SourceRows other, ImmutableArray<(string, string)> condition)
    {
        if (other.Keys.Groups.IsEmpty)
        {
            return kept.Keys;
        }

        ImmutableArray<ImmutableHashSet<string>> own = kept.Keys.Closed().Groups;
        PartitionKeys met = kept.Keys.And(other.Keys).And(new([], condition)).Closed();
        List<ImmutableHashSet<string>> groups = [.. own];
        foreach (ImmutableHashSet<string> group in met.Groups.Where(g => !own.Any(o => o.IsSubsetOf(g))))
        {
            ImmutableHashSet<string> keys = Without(group, other);
            if (keys.IsEmpty)
            {
                return null;
            }

            groups.Add(keys);
        }

        return kept.Keys with { Groups = [.. groups] };
    }

    /// <summary>
    /// Keys of a full join, <c>coalesce</c> of both sides'; null where rows of other partitions decide.
    /// </summary>
    public static PartitionKeys? Full(
        SourceRows left, SourceRows right, ImmutableArray<(string, string)> condition)
    {
        if (left.Keys.Groups.IsEmpty && right.Keys.Groups.IsEmpty)
        {
            return PartitionKeys.None;
        }

        PartitionKeys met = left.Keys.And(right.Keys).And(new([], condition)).Closed();
        if (met.Groups is not [ImmutableHashSet<string> all])
        {
            return null;
        }

        IEnumerable<string> keys =
            from one in OwnKeys(left, right, all)
            from other in OwnKeys(right, left, all)
            from key in new[] { PartitionKey.FirstKnown(one, other), PartitionKey.FirstKnown(other, one) }
            select key;
        ImmutableHashSet<string> found = [.. keys];
        return found.IsEmpty ? null : new([found], []);
    }

    private static IEnumerable<string> OwnKeys(SourceRows side, SourceRows other, ImmutableHashSet<string> group)
    {
        IEnumerable<string> keys = side.Keys.Groups.IsEmpty
            ? Without(group, other)
            : side.Keys.Closed().Groups.SelectMany(g => g);
        return keys.Where(k => PartitionKey.Mentions(k, side.Scope.Ids) && PartitionKey.IsNullOfNulls(k));
    }

    private static ImmutableHashSet<string> Without(ImmutableHashSet<string> group, SourceRows side) =>
        [.. group.Where(k => !PartitionKey.Mentions(k, side.Scope.Ids))];
}
