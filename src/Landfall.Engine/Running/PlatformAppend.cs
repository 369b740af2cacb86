using Landfall.Delta;
using Landfall.Engine.Lakes;

namespace Landfall.Engine.Running;

/// <summary>
/// Rows on their way into a platform table, with what was done for them so far. Appended again after a failure they are
/// committed once, whatever the first attempt came to: a transaction finds its own commit in the log. Used by one
/// thread at a time.
/// </summary>
/// <param name="rows">The rows, each with a value for every column in order.</param>
internal sealed class PlatformAppend(IReadOnlyList<object?[]> rows)
{
    /// <summary>The rows.</summary>
    public IReadOnlyList<object?[]> Rows { get; } = rows;

    /// <summary>The durable files that hold them; null before they are written.</summary>
    public IReadOnlyList<DataFile>? Files { get; set; }

    /// <summary>The transaction that adds the files; null before it is begun, and after a conflict.</summary>
    public Transaction? Transaction { get; set; }
}
