using System.Globalization;
using Landfall.Delta;
using Landfall.Estate.Types;

namespace Landfall.Testing.Delta;

/// <summary>
/// The rows that harnesses ingest: each is known from its batch and number alone, so that an oracle can tell what
/// should be there.
/// </summary>
public static class IngestRows
{
    public const string AppId = "ingest";

    public static TableSchema Schema { get; } = new(
        [new("batch_id", DataType.BigInt), new("row_no", DataType.BigInt), new("payload_hash", DataType.String)]);

    /// <summary>The expression that a row's payload must equal.</summary>
    public const string Payload = "md5(concat(batch_id, ':', row_no))";

    public static string Select(long batch, long rows) => string.Create(
        CultureInfo.InvariantCulture,
        $"select *, {Payload} as payload_hash from (select {batch}::bigint as batch_id, i as row_no from "
        + $"range({rows}) t(i))");
}
