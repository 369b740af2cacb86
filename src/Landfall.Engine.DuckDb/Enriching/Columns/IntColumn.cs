using Landfall.DuckDb;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>A column of 32-bit integers.</summary>
internal sealed class IntColumn(ContractColumn column, int index, TypeRules rules, DuckDbConnection connection)
    : ValueColumn<int>(column, index, rules, connection)
{
    /// <inheritdoc/>
    protected override bool TryRead(ReadOnlySpan<byte> text, out int value)
    {
        bool plain = PlainText.TryInteger(text, out long number) && number == (int)number;
        value = plain ? (int)number : 0;
        return plain;
    }

    /// <inheritdoc/>
    protected override int Take(VectorView values, int row) => values.Values<int>()[row];

    /// <inheritdoc/>
    protected override void Set(VectorWriter writer, int row, int value) => writer.Set(row, value);
}
