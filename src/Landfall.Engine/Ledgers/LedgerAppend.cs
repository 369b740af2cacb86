using Landfall.Delta;
using Landfall.Engine.Engines;

namespace Landfall.Engine.Ledgers;

/// <summary>
/// Rows on their way into a ledger, with what was done for them so far. Appended again after a failure they are
/// committed once, whatever the first attempt came to: a transaction finds its own commit in the log. Used by one
/// thread at a time.
/// </summary>
/// <param name="rows">The rows, each with a value for every column in order.</param>
public sealed class LedgerAppend(IEnumerable<object?[]> rows)
{
    /// <summary>The rows; read once.</summary>
    public IEnumerable<object?[]> Rows { get; } = rows;

    /// <summary>
    /// The application and its number of this set, under which it is committed once by whoever appends it; null for
    /// none. An application's numbers rise.
    /// </summary>
    public (string Application, long Number)? Once { get; init; }

    /// <summary>The durable files that hold the rows; null before they are written.</summary>
    internal IReadOnlyList<DataFile>? Files { get; set; }

    /// <summary>The transaction that adds the files; null before it is begun, and after a conflict.</summary>
    internal Transaction? Transaction { get; set; }
}
