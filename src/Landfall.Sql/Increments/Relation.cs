using System.Collections.Immutable;

namespace Landfall.Sql.Increments;

/// <summary>What a table or query puts out.</summary>
/// <param name="Columns">Names of its columns.</param>
/// <param name="Keys">
/// Expressions over its columns that equal the incremental column's value of all that a row depends on; null where it
/// reads no incremental input.
/// </param>
internal sealed record Relation(ImmutableArray<string> Columns, ImmutableHashSet<string>? Keys)
{
    /// <summary>The number that stands for the relation itself in texts of its columns.</summary>
    public const int Self = -1;

    /// <summary>A relation under other names for its first columns.</summary>
    public Relation Named(ImmutableArray<string> names) => names.IsEmpty
        ? this
        : this with { Columns = [.. names, .. Columns.Skip(names.Length)] };
}
