using Landfall.DuckDb;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>A column of instants.</summary>
internal sealed class TimestampColumn(ContractColumn column, int index, TypeRules rules, DuckDbConnection connection)
    : ValueColumn<long>(column, index, rules, connection)
{
    private readonly bool _isUtc = rules.TimeZone is "UTC" or "Etc/UTC";

    /// <inheritdoc/>
    protected override bool TryRead(ReadOnlySpan<byte> text, out long value) =>
        PlainText.TryTimestamp(text, _isUtc, out value);

    /// <inheritdoc/>
    protected override long Take(VectorView values, int row) => values.Values<long>()[row];

    /// <inheritdoc/>
    protected override void Set(VectorWriter writer, int row, long value) => writer.Values<long>()[row] = value;
}
