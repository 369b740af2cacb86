using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Landfall.Engine.DuckDb.Tests.Exporting;

/// <summary>Reads PostgreSQL's binary COPY as its documentation says, and asserts that nothing else is there.</summary>
internal static class CopyReader
{
    private const int GroupDigits = 4;

    private static readonly byte[] _head = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Rows of fields; null for NULL.</summary>
    public static List<byte[]?[]> Rows(ReadOnlySpan<byte> copy)
    {
        Assert.True(copy.StartsWith(_head));
        copy = copy[_head.Length..];
        List<byte[]?[]> rows = [];
        while (true)
        {
            short fields = BinaryPrimitives.ReadInt16BigEndian(copy);
            copy = copy[sizeof(short)..];
            if (fields == -1)
            {
                Assert.Equal(0, copy.Length);
                return rows;
            }

            byte[]?[] row = new byte[]?[fields];
            for (int i = 0; i < fields; i++)
            {
                int length = BinaryPrimitives.ReadInt32BigEndian(copy);
                copy = copy[sizeof(int)..];
                row[i] = length < 0 ? null : copy[..length].ToArray();
                copy = copy[Math.Max(length, 0)..];
            }

            rows.Add(row);
        }
    }

    /// <summary>A numeric as PostgreSQL prints it: all digits of its scale.</summary>
    public static string Numeric(ReadOnlySpan<byte> field)
    {
        int groups = BinaryPrimitives.ReadInt16BigEndian(field);
        int weight = BinaryPrimitives.ReadInt16BigEndian(field[2..]);
        int sign = BinaryPrimitives.ReadInt16BigEndian(field[4..]);
        int scale = BinaryPrimitives.ReadInt16BigEndian(field[6..]);
        Assert.Equal((groups * sizeof(short)) + 8, field.Length);
        Assert.True(sign is 0 or 0x4000);
        StringBuilder whole = new();
        StringBuilder fraction = new();
        for (int place = Math.Max(weight, 0); place >= Math.Min(weight - groups + 1, -((scale + 3) / 4)); place--)
        {
            int index = weight - place;
            int group = index >= 0 && index < groups ? BinaryPrimitives.ReadInt16BigEndian(field[(8 + (2 * index))..])
                : 0;
            Assert.InRange(group, 0, 9_999);
            (place >= 0 ? whole : fraction).Append(group.ToString("D4", CultureInfo.InvariantCulture));
        }

        // The last group may reach behind the scale, with zeros alone.
        Assert.All(fraction.ToString()[scale..], c => Assert.Equal('0', c));
        string digits = whole.ToString().TrimStart('0');
        return (sign == 0 ? "" : "-") + (digits.Length == 0 ? "0" : digits)
            + (scale == 0 ? "" : "." + fraction.ToString()[..scale]);
    }
}
