using System.Buffers.Binary;
using System.Collections.Immutable;
using Landfall.Engine.Engines;
using Landfall.Engine.Spark.Enriching.Texts;

namespace Landfall.Engine.Spark.Enriching.Columnar;

/// <summary>
/// Reads the columns of Parquet files in their footers: of their types Spark tells less than what DuckDB goes by.
/// </summary>
internal static class ParquetHeads
{
    /// <summary>What is wrong with a file that cannot be read, a clause.</summary>
    public const string NotWhole = "it is not whole, or no Parquet file";

    private const int EndLength = 8;

    /// <summary>Reads the footer of a file.</summary>
    public static TextHead Read(EnrichFile file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file.Path);
            CompactReader reader = new(Footer(stream));
            return Read(new TextHead(file), ref reader);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or OverflowException)
        {
            return new TextHead(file) { Problem = NotWhole };
        }
    }

    private static byte[] Footer(FileStream file)
    {
        if (file.Length < EndLength)
        {
            throw new EndOfStreamException();
        }

        Span<byte> end = stackalloc byte[EndLength];
        file.Position = file.Length - EndLength;
        file.ReadExactly(end);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(end);
        if (!end[sizeof(uint)..].SequenceEqual("PAR1"u8) || length > file.Length - EndLength)
        {
            throw new InvalidDataException("The end is not that of a Parquet file.");
        }

        byte[] footer = new byte[length];
        file.Position = file.Length - EndLength - length;
        file.ReadExactly(footer);
        return footer;
    }

    private static TextHead Read(TextHead head, ref CompactReader reader)
    {
        const int Schema = 2;
        const int Rows = 3;
        int id = 0;
        while (reader.NextField(ref id, out int type))
        {
            switch (id)
            {
                case Schema:
                    ImmutableArray<ParquetElement> columns = Columns(ref reader);
                    head = head with
                    {
                        Header = [.. columns.Select(c => c.Name)], Types = [.. columns.Select(c => c.Type)],
                    };
                    break;
                case Rows:
                    head = head with { HasRecords = reader.Integer() > 0 };
                    break;
                default:
                    reader.Skip(type);
                    break;
            }

            if (id >= Rows)
            {
                break;
            }
        }

        return head.Header.IsEmpty ? throw new InvalidDataException("There are no columns.") : head;
    }

    /// <summary>The columns below the root; what is inside of them goes by.</summary>
    private static ImmutableArray<ParquetElement> Columns(ref CompactReader reader)
    {
        var columns = ImmutableArray.CreateBuilder<ParquetElement>();
        ulong count = reader.BeginList().Count;
        _ = ParquetElement.Read(ref reader);
        long inside = 0;
        for (ulong i = 1; i < count; i++)
        {
            var element = ParquetElement.Read(ref reader);
            if (inside == 0)
            {
                columns.Add(element);
            }

            inside = (inside == 0 ? 0 : inside - 1) + element.Children;
        }

        return columns.ToImmutable();
    }
}
