using Landfall.DuckDb;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>A column of 64-bit integers.</summary>
internal sealed class BigIntColumn(ContractColumn column, int index, TypeRules rules, DuckDbConnection connection)
    : ValueColumn<long>(column, index, rules, connection)
{
    /// <inheritdoc/>
    protected override bool TryRead(ReadOnlySpan<byte> text, out long value) => PlainText.TryInteger(text, out value);

    /// <inheritdoc/>
    protected override long Take(VectorView values, int row) => values.Values<long>()[row];

    /// <inheritdoc/>
    protected override void Set(VectorWriter writer, int row, long value) => writer.Set(row, value);
}
