using System.Collections.Immutable;
using Landfall.Estate.Contracts;
using Landfall.Estate.Reading;

namespace Landfall.Estate.Manifests;

/// <summary>Gives every column of a primary key its position.</summary>
internal static class PrimaryKeys
{
    /// <summary>
    /// Without positions the key has the order of the file; otherwise they must be 1, 2, … without gap. A column of the
    /// key is required, whether the file says so or not.
    /// </summary>
    public static ImmutableArray<ContractColumn> Complete(
        Section table, string tableKey, ImmutableArray<ContractColumn> columns)
    {
        ContractColumn[] key = [.. columns.Where(c => c.PrimaryKeyPosition != 0)];
        if (Array.TrueForAll(key, c => c.PrimaryKeyPosition < 0))
        {
            key = [.. key.Select((c, i) => c with { PrimaryKeyPosition = i + 1 })];
        }
        else if (!key.Select(c => c.PrimaryKeyPosition).Order().SequenceEqual(Enumerable.Range(1, key.Length)))
        {
            table.Context.Diagnostics.Error(
                "LF1064", table.Context.Places[$"{tableKey}/column:{key[0].Name}"],
                "The positions of the primary key are not 1, 2, … without gap.",
                "Give each column of the key its primaryKeyPosition, or none.");
        }

        var byName = key.DistinctBy(c => c.Name).ToDictionary(c => c.Name);
        return
        [
            .. columns.Select(c => byName.TryGetValue(c.Name, out ContractColumn? k)
                ? c with { PrimaryKeyPosition = Math.Max(k.PrimaryKeyPosition, 0), Required = true }
                : c),
        ];
    }
}
