using Landfall.DuckDb;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>A column of decimals, kept without their point.</summary>
internal sealed class DecimalColumn(ContractColumn column, int index, TypeRules rules, DuckDbConnection connection)
    : ValueColumn<Int128>(column, index, rules, connection)
{
    private readonly int _precision = column.Type.Precision;
    private readonly int _scale = column.Type.Scale;

    /// <inheritdoc/>
    protected override bool TryRead(ReadOnlySpan<byte> text, out Int128 value)
    {
        bool plain = PlainText.TryDecimal(text, _precision, _scale, out long unscaled);
        value = unscaled;
        return plain;
    }

    /// <inheritdoc/>
    protected override Int128 Take(VectorView values, int row) => values.Unscaled(row);

    /// <inheritdoc/>
    protected override void Set(VectorWriter writer, int row, Int128 value) => writer.SetUnscaled(row, value);
}
