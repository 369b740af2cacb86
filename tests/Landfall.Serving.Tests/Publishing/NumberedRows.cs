using System.Buffers.Binary;
using Landfall.Engine.Engines;
using Landfall.Workers;

namespace Landfall.Serving.Tests.Publishing;

/// <summary>An export of rows that all hold one number, the publication's.</summary>
internal sealed class NumberedRows : ITableExport
{
    /// <summary>Rows of a table.</summary>
    public const int Count = 40;

    /// <summary>The number that the next rows hold.</summary>
    public long Number { get; set; }

    public ExportedRows WritePostgresBinary(
        PinnedTable table, Stream target, WorkerContext context, long rowsBefore, CancellationToken cancellationToken)
    {
        target.Write([.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0]);
        byte[] row = new byte[2 + (2 * (4 + 8))];
        BinaryPrimitives.WriteInt16BigEndian(row, 2);
        BinaryPrimitives.WriteInt32BigEndian(row.AsSpan(2), 8);
        BinaryPrimitives.WriteInt32BigEndian(row.AsSpan(14), 8);
        BinaryPrimitives.WriteInt64BigEndian(row.AsSpan(18), Number);
        for (long id = 0; id < Count; id++)
        {
            BinaryPrimitives.WriteInt64BigEndian(row.AsSpan(6), id);
            target.Write(row);
        }

        target.Write([0xFF, 0xFF]);
        return new(Count, Count * row.Length);
    }
}
