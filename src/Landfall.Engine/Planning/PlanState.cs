using System.Collections.Immutable;
using Landfall.Engine.Lakes;
using Landfall.Estate;

namespace Landfall.Engine.Planning;

/// <summary>
/// What a plan has found so far: tables that the run would change, before the steps that read them are planned.
/// </summary>
internal sealed class PlanState
{
    private readonly Dictionary<TableName, PendingChange> _changes = [];

    /// <summary>Notes that the run would change a table.</summary>
    public void Add(TableName table, PendingChange change) => _changes[table] = change;

    /// <summary>How the run would change a table; null for not at all.</summary>
    public PendingChange? Find(TableName table) => _changes.GetValueOrDefault(table);
}

/// <summary>A change to a table that a run would make.</summary>
/// <param name="Whole">Whether the table would be made anew, so that what reads it is built whole.</param>
/// <param name="Values">
/// The values of an expression over the rows that would come and go; null where that is known only when the run is
/// there.
/// </param>
internal sealed record PendingChange(
    bool Whole, Func<AffectedPartitionsQuestion, CancellationToken, Task<ImmutableArray<string?>?>> Values)
{
    /// <summary>A change of which only the run itself will say what it affects.</summary>
    public static PendingChange Unknown(bool whole) =>
        new(whole, (_, _) => Task.FromResult<ImmutableArray<string?>?>(null));
}

/// <summary>Which values of a table's incremental column changed rows of an input affect.</summary>
/// <param name="Table">The table that is partitioned.</param>
/// <param name="Column">The column that it is partitioned by.</param>
/// <param name="Expression">The input's portable expression.</param>
internal sealed record AffectedPartitionsQuestion(CatalogTable Table, string Column, string Expression);
