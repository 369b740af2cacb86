using System.Text;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Formats;
using Landfall.Engine.Formats;
using Landfall.Estate.Contracts;
using Landfall.Estate.Types;

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
    private readonly DataType _type = column.Type;
    private readonly TextCaster _caster = new(connection, rules);
    private readonly TextColumn _text = new(column, index);
    private readonly List<int> _rows = [];
    private readonly List<string> _texts = [];
    private readonly List<(int Row, string Text)> _incomplete = [];

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
            rule ??= NestedLeaves.Rule(_texts[index], _type);
            if (rule == Rules.Type && NestedText.Complete(_texts[index], _type) is { } whole)
            {
                _incomplete.Add((_rows[index], whole));
            }
            else if (rule is not null)
            {
                bad.Add(_rows[index], rule, Name);
            }
        });
        ReadCompleted(batch, bad);
        _rows.Clear();
        _texts.Clear();
        _incomplete.Clear();
    }

    /// <summary>Casts again what was refused for keys that are missing, with nulls in their place.</summary>
    private void ReadCompleted(RowBatch batch, BadMarks bad)
    {
        if (_incomplete.Count == 0)
        {
            return;
        }

        _caster.Cast([.. _incomplete.Select(t => t.Text)], (index, _, _, rule) =>
        {
            (int row, string text) = _incomplete[index];
            rule ??= NestedLeaves.Rule(text, _type);
            if (rule is not null)
            {
                bad.Add(row, rule, Name);
                return;
            }

            Span<byte> target = batch.Reserve(Encoding.UTF8.GetByteCount(text));
            batch.Replace(row, Index, batch.Keep(Encoding.UTF8.GetBytes(text, target)));
        });
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
