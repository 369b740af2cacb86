using Landfall.DuckDb;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>A column of true and false.</summary>
internal sealed class BooleanColumn(ContractColumn column, int index, TypeRules rules, DuckDbConnection connection)
    : ValueColumn<byte>(column, index, rules, connection)
{
    /// <inheritdoc/>
    protected override bool TryRead(ReadOnlySpan<byte> text, out byte value)
    {
        bool isTrue = text.SequenceEqual("true"u8);
        value = isTrue ? (byte)1 : (byte)0;
        return isTrue || text.SequenceEqual("false"u8);
    }

    /// <inheritdoc/>
    protected override byte Take(VectorView values, int row) => values.Values<byte>()[row];

    /// <inheritdoc/>
    protected override void Set(VectorWriter writer, int row, byte value) => writer.Set(row, value != 0);
}
