using Landfall.DuckDb;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>A column of doubles.</summary>
internal sealed class DoubleColumn(ContractColumn column, int index, TypeRules rules, DuckDbConnection connection)
    : ValueColumn<double>(column, index, rules, connection)
{
    /// <inheritdoc/>
    protected override bool TryRead(ReadOnlySpan<byte> text, out double value) => PlainText.TryDouble(text, out value);

    /// <inheritdoc/>
    protected override double Take(VectorView values, int row) => values.Values<double>()[row];

    /// <inheritdoc/>
    protected override void Set(VectorWriter writer, int row, double value) => writer.Set(row, value);
}
