using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Landfall.Recommender.Exposures;

/// <summary>
/// The lines of a segment: the CRC-32C of the JSON as 8 lower-case hexadecimal digits, a space, the JSON, a line feed.
/// </summary>
internal static class SegmentFormat
{
    private const int SumLength = 8;

    /// <summary>Adds a record to a buffer.</summary>
    public static void Write(ArrayBufferWriter<byte> buffer, Utf8JsonWriter writer, SegmentRecord record)
    {
        int start = buffer.WrittenCount;
        Span<byte> place = buffer.GetSpan(SumLength + 1);
        place[..(SumLength + 1)].Fill((byte)' ');
        buffer.Advance(SumLength + 1);
        writer.Reset(buffer);
        JsonSerializer.Serialize(writer, record, SegmentJson.Default.SegmentRecord);
        writer.Flush();

        // The sum stands before what it is of; the buffer may have moved meanwhile.
        Span<byte> line = MemoryMarshal.AsMemory(buffer.WrittenMemory).Span[start..];
        _ = Utf8Formatter.TryFormat(Sum(line[(SumLength + 1)..]), line, out _, new StandardFormat('x', SumLength));
        buffer.Write("\n"u8);
    }

    /// <summary>
    /// Reads a segment. A last line that is not whole was being written when its process ended, and is left out; other
    /// lines that are not whole are damage, and are counted.
    /// </summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="damaged">How many lines before the last are not whole.</param>
    public static List<SegmentRecord> Read(ReadOnlySpan<byte> bytes, out int damaged)
    {
        List<SegmentRecord> records = [];
        int bad = 0;
        damaged = 0;
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n');
            SegmentRecord? record = end < 0 ? null : Parse(bytes[..end]);
            if (record is null)
            {
                bad++;
            }
            else
            {
                damaged += bad;
                bad = 0;
                records.Add(record);
            }

            bytes = end < 0 ? [] : bytes[(end + 1)..];
        }

        return records;
    }

    private static SegmentRecord? Parse(ReadOnlySpan<byte> line)
    {
        if (line.Length <= SumLength + 1 || line[SumLength] != ' '
            || !Utf8Parser.TryParse(line[..SumLength], out uint sum, out int read, 'x') || read != SumLength
            || Sum(line[(SumLength + 1)..]) != sum)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(line[(SumLength + 1)..], SegmentJson.Default.SegmentRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>CRC-32C (Castagnoli).</summary>
    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte b in bytes)
        {
            sum = BitOperations.Crc32C(sum, b);
        }

        return ~sum;
    }
}

/// <summary>JSON of segments.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SegmentRecord))]
internal sealed partial class SegmentJson : JsonSerializerContext;
