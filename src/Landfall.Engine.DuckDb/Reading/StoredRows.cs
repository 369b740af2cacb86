using System.Collections.Immutable;
using Landfall.DuckDb;
using Landfall.Engine.Engines;
using Landfall.Estate;

namespace Landfall.Engine.DuckDb.Reading;

/// <summary>The rows of a <see cref="StoredTable"/>: read once, forwards.</summary>
public sealed class StoredRows : IRows
{
    private readonly DuckDbResult _result;
    private readonly Func<DuckDbException, LandfallException> _explain;

    internal StoredRows(DuckDbResult result, Func<DuckDbException, LandfallException> explain)
    {
        _result = result;
        _explain = explain;
        Columns = ResultRows.ColumnsOf(result);
    }

    /// <inheritdoc/>
    public ImmutableArray<RowColumn> Columns { get; }

    /// <summary>The rows, as <see cref="DuckDbResult.Rows"/> has values.</summary>
    /// <exception cref="LandfallException">A file is damaged, or holds what it must not.</exception>
    public IEnumerable<object?[]> Rows()
    {
        using IEnumerator<object?[]> rows = _result.Rows().GetEnumerator();
        while (Next(rows))
        {
            yield return rows.Current;
        }
    }

    /// <summary>Ends the reading. Safe to call twice.</summary>
    public void Dispose() => _result.Dispose();

    private bool Next(IEnumerator<object?[]> rows)
    {
        try
        {
            return rows.MoveNext();
        }
        catch (DuckDbException e)
        {
            throw _explain(e);
        }
    }
}
