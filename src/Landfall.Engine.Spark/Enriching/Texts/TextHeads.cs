using System.Diagnostics.CodeAnalysis;
using Landfall.Engine.Engines;
using Landfall.Engine.Formats;
using Landfall.Engine.Formats.Compression;
using Landfall.Engine.Ingest;
using Landfall.Estate;
using Landfall.Estate.Integrations;

namespace Landfall.Engine.Spark.Enriching.Texts;

/// <summary>Reads the beginnings of text files: nearly always a few KiB.</summary>
internal static class TextHeads
{
    /// <summary>Bytes of the longest record that is read, its line end included, and of a text that is read whole.
    /// </summary>
    public const int LargestRecord = 1 << 26;

    private const int FirstWindow = 1 << 20;
    private const int Piece = 1 << 16;

    /// <summary>Reads the beginning of a file.</summary>
    /// <param name="file">CSV, JSON Lines or a JSON array.</param>
    /// <param name="delimiter">CSV: the delimiter.</param>
    /// <exception cref="LandfallException">LF4261: a file in raw is damaged.</exception>
    public static TextHead Read(EnrichFile file, char delimiter)
    {
        try
        {
            using Window window = new(Open(file.Path));
            return Read(new TextHead(file), window, (byte)delimiter);
        }
        catch (BadFormatException problem)
        {
            return new TextHead(file) { Problem = problem.Message };
        }
        catch (DamagedFileException damage)
        {
            throw EnrichRefusals.Damaged(file, damage);
        }
    }

    /// <summary>Reads all of a file for its checksums.</summary>
    /// <exception cref="LandfallException">LF4261: a file in raw is damaged.</exception>
    public static void Check(EnrichFile file)
    {
        try
        {
            using Stream text = Open(file.Path);
            text.CopyTo(Stream.Null);
        }
        catch (DamagedFileException damage)
        {
            throw EnrichRefusals.Damaged(file, damage);
        }
    }

    private static TextHead Read(TextHead head, Window window, byte delimiter)
    {
        while (window.Length < FirstWindow && !window.Data.Contains((byte)'\n') && window.Grow(FirstWindow))
        {
        }

        ForeignContent.Refuse(window.Data);
        int mark = window.Data.StartsWith("\uFEFF"u8) ? 3 : 0;
        ReadOnlySpan<byte> first = window.Data[..Math.Min(window.Length, FirstWindow)];
        char lineEnd = first.Contains((byte)'\r') && !first.Contains((byte)'\n') ? '\r' : '\n';
        head = head with { LineEnd = lineEnd };
        return head.File.Format switch
        {
            FileFormat.Csv => OfCsv(head, window, mark, delimiter),
            FileFormat.Json => OfArray(head, window),
            _ => head with
            {
                Shape = JsonShape.Of(FirstLine(window.Data[mark..], (byte)lineEnd)),
                HasRecords = window.Holds(mark, " \t\r\n"u8),
            },
        };
    }

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> text, byte lineEnd) =>
        text.IndexOf(lineEnd) is var end and >= 0 ? text[..end] : text;

    /// <summary>Spark gives no text of a file without one.</summary>
    private static TextHead OfArray(TextHead head, Window window) => window.Measure(LargestRecord) switch
    {
        0 => head with { Problem = JsonArrays.Problem(JsonArrays.Cut) },
        long length => head with { Length = length },
    };

    private static TextHead OfCsv(TextHead head, Window window, int mark, byte delimiter)
    {
        CsvHeader? header;
        while ((header = CsvHeader.Read(
            window.Data[mark..], window.IsComplete, delimiter, (byte)head.LineEnd)) is null)
        {
            if (!window.Grow(LargestRecord) && !window.IsComplete)
            {
                throw new BadFormatException("its header is longer than 64 MiB");
            }
        }

        return head with
        {
            Header = header.Names,
            HeaderText = header.Text,
            HasRecords = window.Holds(mark + header.End, "\r\n"u8),
        };
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The reader of the text owns the stream.")]
    private static Stream Open(string path) => DecompressionStream.Of(
        new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan),
        FileNames.CompressionOf(path));

    /// <summary>A text as far as it was read.</summary>
    private sealed class Window(Stream text) : IDisposable
    {
        private byte[] _data = new byte[Piece];

        public int Length { get; private set; }

        public bool IsComplete { get; private set; }

        public ReadOnlySpan<byte> Data => _data.AsSpan(0, Length);

        /// <summary>Reads on; false at the end, and where as much is there as may be.</summary>
        public bool Grow(int most)
        {
            if (IsComplete || Length == most)
            {
                return false;
            }

            if (Length == _data.Length)
            {
                Array.Resize(ref _data, Math.Min(Length * 2, most));
            }

            int read = text.ReadAtLeast(_data.AsSpan(Length), _data.Length - Length, throwOnEndOfStream: false);
            Length += read;
            IsComplete = Length < _data.Length;
            return read > 0;
        }

        /// <summary>Whether anything but some bytes comes from a place on; what comes is not kept.</summary>
        public bool Holds(int from, ReadOnlySpan<byte> blanks)
        {
            while (!Data[from..].ContainsAnyExcept(blanks))
            {
                from = 0;
                Length = 0;
                if (!Grow(_data.Length))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Bytes of the text, or more than a bound; what comes is not kept.</summary>
        public long Measure(long bound)
        {
            long length = Length;
            while (length <= bound && !IsComplete)
            {
                Length = 0;
                _ = Grow(_data.Length);
                length += Length;
            }

            return length;
        }

        public void Dispose() => text.Dispose();
    }
}
