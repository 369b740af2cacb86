using Landfall.DuckDb;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>A column of days.</summary>
internal sealed class DateColumn(ContractColumn column, int index, TypeRules rules, DuckDbConnection connection)
    : ValueColumn<int>(column, index, rules, connection)
{
    /// <inheritdoc/>
    protected override bool TryRead(ReadOnlySpan<byte> text, out int value) => PlainText.TryDate(text, out value);

    /// <inheritdoc/>
    protected override int Take(VectorView values, int row) => values.Values<int>()[row];

    /// <inheritdoc/>
    protected override void Set(VectorWriter writer, int row, int value) => writer.Values<int>()[row] = value;
}
