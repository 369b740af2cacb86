using System.Collections.Immutable;
using Landfall.Engine.Engines;
using Landfall.Posix;

namespace Landfall.Engine.Query;

/// <summary>A query's rows, read as they come. Dispose it at the end.</summary>
public sealed class QueryResult : IRows
{
    private readonly LeasedFolder _scratch;
    private readonly IRows _rows;

    internal QueryResult(LeasedFolder scratch, IRows rows)
    {
        _scratch = scratch;
        _rows = rows;
    }

    /// <inheritdoc/>
    public ImmutableArray<RowColumn> Columns => _rows.Columns;

    /// <inheritdoc/>
    public IEnumerable<object?[]> Rows() => _rows.Rows();

    /// <summary>Closes the result and the engine instance that answers it.</summary>
    public void Dispose()
    {
        _rows.Dispose();
        _scratch.Dispose();
    }
}
