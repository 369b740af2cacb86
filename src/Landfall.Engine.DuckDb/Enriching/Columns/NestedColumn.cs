using System.Text;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Formats;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>
/// A column of arrays or structs: checked here and kept as JSON text, which becomes the value when files are written.
/// </summary>
/// <param name="column">The contract's column.</param>
/// <param name="index">Its place among the fields of a row.</param>
/// <param name="rules">How text becomes a value.</param>
/// <param name="connection">Runs the checks.</param>
internal sealed class NestedColumn(ContractColumn column, int index, TypeRules rules, DuckDbConnection connection)
    : ColumnReader(column, index)
{
    private readonly TextCaster _caster = new(connection, rules);
    private readonly TextColumn _text = new(column, index);
    private readonly List<int> _rows = [];
    private readonly List<string> _texts = [];

    /// <inheritdoc/>
    public override void Read(RowBatch batch, BadMarks bad)
    {
        _text.Read(batch, bad);
        for (int row = 0; row < batch.Count; row++)
        {
            ref readonly Cell cell = ref batch[row, Index];
            if (cell.Kind is not (CellKind.Missing or CellKind.Null))
            {
                _rows.Add(row);
                _texts.Add(Encoding.UTF8.GetString(batch.Bytes(cell)));
            }
        }

        _caster.Cast(_texts, (index, _, _, rule) =>
        {
            if (rule is not null)
            {
                bad.Add(_rows[index], rule, Name);
            }
        });
        _rows.Clear();
        _texts.Clear();
    }

    /// <inheritdoc/>
    public override void Write(VectorWriter writer, int target, ReadOnlySpan<int> rows, RowBatch batch) =>
        _text.Write(writer, target, rows, batch);

    /// <summary>Lets go of the checks.</summary>
    public override void Dispose()
    {
        _caster.Dispose();
        base.Dispose();
    }
}
