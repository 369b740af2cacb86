using System.Buffers;
using System.IO.Compression;
using Relecloud.Sources.Customers;
using Relecloud.Sources.Storage;

namespace Relecloud.Sources.Telemetry;

/// <summary>Writes a day's hourly files, several at a time. An hour without lines has no file.</summary>
internal sealed class HourFiles(World world, SourceFolder folder)
{
    private readonly LineWriter _writer = new(world);

    /// <summary>Writes the files of a day.</summary>
    public void Write(int day, List<ArrivedLine>[] hours)
    {
        DateOnly date = world.DateOf(day);
        Parallel.For(0, 24, hour =>
        {
            if (hours[hour].Count > 0)
            {
                DateTime arrived = world.At(day, (hour + 1) * 3600);
                folder.Write(PathOf(date, hour), arrived, stream => Compress(stream, hours[hour]));
            }
        });
    }

    private static string PathOf(DateOnly date, int hour) =>
        $"telemetry/{date:yyyy}/{date:MM}/{date:dd}/telemetry-{date:yyyy-MM-dd}T{hour:d2}.jsonl.gz";

    private void Compress(Stream stream, List<ArrivedLine> lines)
    {
        const int Size = 64 * 1024;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Size);
        using (GZipStream gzip = new(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            int at = 0;
            foreach (ArrivedLine line in lines)
            {
                if (at > Size - LineWriter.MaximumLength)
                {
                    gzip.Write(buffer, 0, at);
                    at = 0;
                }

                at += _writer.Write(buffer.AsSpan(at), line);
            }

            gzip.Write(buffer, 0, at);
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }
}
