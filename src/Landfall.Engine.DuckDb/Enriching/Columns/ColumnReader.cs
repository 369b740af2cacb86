using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Formats;
using Landfall.Engine.Formats;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>
/// Turns the fields of one column into values: a batch is read first, then its good rows are written.
/// </summary>
/// <param name="column">The contract's column.</param>
/// <param name="index">Its place among the fields of a row.</param>
internal abstract class ColumnReader(ContractColumn column, int index) : IDisposable
{
    /// <summary>The column's name.</summary>
    protected string Name { get; } = column.Name;

    /// <summary>Its place among the fields of a row.</summary>
    protected int Index { get; } = index;

    /// <summary>Reads the column's fields of a batch and marks rows that break the contract.</summary>
    public abstract void Read(RowBatch batch, BadMarks bad);

    /// <summary>Writes the values of some rows of the batch that was read.</summary>
    /// <param name="writer">The column of the chunk.</param>
    /// <param name="target">First row in the chunk.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="batch">The batch that was read.</param>
    public abstract void Write(VectorWriter writer, int target, ReadOnlySpan<int> rows, RowBatch batch);

    /// <summary>Lets go of what casts need. Safe to call twice.</summary>
    public virtual void Dispose()
    {
    }

    /// <summary>Marks a null where the contract requires a value.</summary>
    protected void NoteNull(int row, BadMarks bad)
    {
        if (column.Required)
        {
            bad.Add(row, Rules.Required, Name);
        }
    }
}
