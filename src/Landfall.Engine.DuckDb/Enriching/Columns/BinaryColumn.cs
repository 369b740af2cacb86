using Landfall.DuckDb;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>A column of bytes.</summary>
internal sealed class BinaryColumn(ContractColumn column, int index, TypeRules rules, DuckDbConnection connection)
    : ValueColumn<byte[]>(column, index, rules, connection)
{
    /// <inheritdoc/>
    protected override bool TryRead(ReadOnlySpan<byte> text, out byte[] value)
    {
        value = [];
        return false;
    }

    /// <inheritdoc/>
    protected override byte[] Take(VectorView values, int row) => values.Bytes(row).ToArray();

    /// <inheritdoc/>
    protected override void Set(VectorWriter writer, int row, byte[] value) => writer.Set(row, value);
}
