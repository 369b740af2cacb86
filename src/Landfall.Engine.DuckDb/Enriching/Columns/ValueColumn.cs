using System.Text;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb.Formats;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>
/// A column of values: text in its plain form is read at once, any other through DuckDB's casts, so that both give the
/// same.
/// </summary>
/// <typeparam name="T">The value as it is kept until it is written.</typeparam>
internal abstract class ValueColumn<T> : ColumnReader
{
    private readonly bool[] _valid = new bool[DuckDbAppender.Capacity];
    private readonly T[] _values = new T[DuckDbAppender.Capacity];
    private readonly Lazy<TextCaster> _caster;
    private readonly List<int> _oddRows = [];
    private readonly List<string> _oddTexts = [];

    /// <summary>A column whose casts run on a connection.</summary>
    protected ValueColumn(ContractColumn column, int index, TypeRules rules, DuckDbConnection connection)
        : base(column, index) => _caster = new(() => new TextCaster(connection, rules));

    /// <inheritdoc/>
    public override void Read(RowBatch batch, BadMarks bad)
    {
        for (int row = 0; row < batch.Count; row++)
        {
            ref readonly Cell cell = ref batch[row, Index];
            _valid[row] = false;
            if (cell.Kind is CellKind.Missing or CellKind.Null or CellKind.Empty)
            {
                NoteNull(row, bad);
            }
            else if (TryRead(batch.Bytes(cell), out _values[row]))
            {
                _valid[row] = true;
            }
            else
            {
                _oddRows.Add(row);
                _oddTexts.Add(Encoding.UTF8.GetString(batch.Bytes(cell)));
            }
        }

        CastOdd(bad);
    }

    /// <inheritdoc/>
    public override void Write(VectorWriter writer, int target, ReadOnlySpan<int> rows, RowBatch batch)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            if (_valid[rows[i]])
            {
                Set(writer, target + i, _values[rows[i]]);
            }
            else
            {
                writer.SetNull(target + i);
            }
        }
    }

    /// <summary>Lets go of the casts.</summary>
    public override void Dispose()
    {
        if (_caster.IsValueCreated)
        {
            _caster.Value.Dispose();
        }

        base.Dispose();
    }

    /// <summary>Reads a text in the type's plain form; false for anything else, right or wrong.</summary>
    protected abstract bool TryRead(ReadOnlySpan<byte> text, out T value);

    /// <summary>Takes a value that DuckDB cast.</summary>
    protected abstract T Take(VectorView values, int row);

    /// <summary>Writes a value.</summary>
    protected abstract void Set(VectorWriter writer, int row, T value);

    private void CastOdd(BadMarks bad)
    {
        if (_oddRows.Count == 0)
        {
            return;
        }

        _caster.Value.Cast(_oddTexts, (index, values, row, rule) =>
        {
            int target = _oddRows[index];
            if (rule is not null)
            {
                bad.Add(target, rule, Name);
                return;
            }

            _values[target] = Take(values, row);
            _valid[target] = true;
        });
        _oddRows.Clear();
        _oddTexts.Clear();
    }
}
