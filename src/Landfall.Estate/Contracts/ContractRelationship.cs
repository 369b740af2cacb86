using System.Collections.Immutable;

namespace Landfall.Estate.Contracts;

/// <summary>Columns of a table whose values are those of a key of a table of the same contract.</summary>
/// <param name="Columns">The columns, in the order of <paramref name="TargetColumns"/>.</param>
/// <param name="Table">The table that they refer to; it may be the same one.</param>
/// <param name="TargetColumns">Its primary key in any order, or one unique column; types are equal.</param>
public sealed record ContractRelationship(
    ImmutableArray<string> Columns, string Table, ImmutableArray<string> TargetColumns)
{
    /// <summary>In words: <c>(invoice_id) to invoice (invoice_id)</c>.</summary>
    public override string ToString() =>
        $"({string.Join(", ", Columns)}) to {Table} ({string.Join(", ", TargetColumns)})";
}
