using System.Diagnostics;
using System.Security.Cryptography;
using Landfall.Engine.Formats.Compression;
using Landfall.Engine.Ingest;
using Landfall.Posix;

namespace Landfall.Sources.Files;

/// <summary>Copies one source file into raw byte for byte: hashed and checked.</summary>
internal static class FileCopy
{
    private const int BlockSize = 256 * 1024;

    /// <summary>Copies a file.</summary>
    /// <param name="source">Absolute path of the source.</param>
    /// <param name="target">Absolute path in raw; its folder exists. What is there is replaced.</param>
    /// <param name="file">The file as it was found.</param>
    /// <param name="syncs">Whether to make the copy durable; otherwise the caller does.</param>
    /// <param name="progress">Receives the bytes of each block.</param>
    /// <param name="cancellationToken">Ends the copy; what was copied so far is not registered.</param>
    /// <exception cref="DamagedFileException">Compressed data is damaged.</exception>
    /// <exception cref="BadFileException">
    /// LF4262: the source changed, or is gone. LF4278: it cannot be read.
    /// </exception>
    public static FileCopyResult Copy(
        string source, string target, LandFile file, bool syncs, Action<int> progress,
        CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        long checking = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var check = new PassThroughCheck(FileNames.CompressionOf(file.File), file.Format);
        byte[] block = new byte[BlockSize];
        long total = 0;
        using (FileStream from = Open(source))
        using (FileStream to = new(target, FileMode.Create, FileAccess.Write, FileShare.Read, 0))
        {
            while (Read(from, block) is var read and > 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ReadOnlySpan<byte> data = block.AsSpan(0, read);
                to.Write(data);
                hash.AppendData(data);
                long before = Stopwatch.GetTimestamp();
                check.Append(data);
                checking += Stopwatch.GetTimestamp() - before;
                total += read;
                progress(read);
            }

            RefuseChange(source, file, total);
            check.Complete();
            if (syncs)
            {
                PosixCalls.FSync(to.SafeFileHandle, target);
            }
        }

        long elapsed = Stopwatch.GetTimestamp() - start;
        return new(
            Convert.ToHexStringLower(hash.GetHashAndReset()), check.Records, Seconds(elapsed - checking),
                Seconds(checking));
    }

    private static double Seconds(long ticks) => (double)ticks / Stopwatch.Frequency;

    /// <summary>A file that is still being written must not become a batch that says it is whole.</summary>
    private static void RefuseChange(string source, LandFile file, long copied)
    {
        FileInfo now = new(source);
        if (!now.Exists || copied != file.Size || now.Length != file.Size
            || UnixMicros.Of(new DateTimeOffset(now.LastWriteTimeUtc)) != file.Modified)
        {
            throw Changed();
        }
    }

    private static BadFileException Changed() => new(IngestCodes.Changed, "it changed while it was read");

    private static FileStream Open(string source)
    {
        try
        {
            return new(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Changed();
        }
        catch (UnauthorizedAccessException e)
        {
            throw new BadFileException(IngestCodes.UnreadableFile, "it may not be read", e);
        }
        catch (IOException e)
        {
            throw new BadFileException(
                IngestCodes.UnreadableFile, $"it cannot be opened: errno {PosixCalls.ErrorOf(e)}", e);
        }
    }

    private static int Read(FileStream from, byte[] block)
    {
        try
        {
            return from.Read(block);
        }
        catch (IOException e)
        {
            throw new BadFileException(
                IngestCodes.UnreadableFile, $"it cannot be read to its end: errno {PosixCalls.ErrorOf(e)}", e);
        }
    }
}
