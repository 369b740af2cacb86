using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Formats;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>Text stays as it is.</summary>
/// <param name="column">The contract's column.</param>
/// <param name="index">Its place among the fields of a row.</param>
internal sealed class TextColumn(ContractColumn column, int index) : ColumnReader(column, index)
{
    /// <inheritdoc/>
    public override void Read(RowBatch batch, BadMarks bad)
    {
        for (int row = 0; row < batch.Count; row++)
        {
            if (batch[row, Index].Kind is CellKind.Missing or CellKind.Null)
            {
                NoteNull(row, bad);
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(VectorWriter writer, int target, ReadOnlySpan<int> rows, RowBatch batch)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            ref readonly Cell cell = ref batch[rows[i], Index];
            if (cell.Kind is CellKind.Missing or CellKind.Null)
            {
                writer.SetNull(target + i);
            }
            else
            {
                writer.Set(target + i, batch.Bytes(cell));
            }
        }
    }
}
