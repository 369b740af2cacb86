using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Landfall.Estate;
using Landfall.Posix;

namespace Landfall.Engine.DuckDb.Storage;

/// <summary>
/// The hash that a Parquet file of ours carries of itself, in the key-value metadata of its footer. It is of the whole
/// file, with zeros where it stands itself. Other readers pass over keys that they do not know.
/// </summary>
internal static class ParquetChecksum
{
    /// <summary>For the options of a <c>COPY … TO</c>: leaves room for the hash.</summary>
    public static readonly string Room = $"kv_metadata {{'landfall.sha256': '{new string('0', Digits)}'}}";

    private const int Digits = SHA256.HashSizeInBytes * 2;
    private const int BufferBytes = 1 << 20;

    /// <summary>Length of the footer, and the letters that end every Parquet file.</summary>
    private const int TailBytes = 8;

    private static ReadOnlySpan<byte> Key => "landfall.sha256"u8;

    /// <summary>Between key and value in the footer: the next field is a text, of 64 bytes.</summary>
    private static ReadOnlySpan<byte> Between => [0x18, Digits];

    /// <summary>Puts the hash into a file that has room for it, before it is made durable.</summary>
    /// <exception cref="StorageException">The file cannot be read or written.</exception>
    public static void Write(string path)
    {
        try
        {
            WriteInPlace(path);
        }
        catch (IOException e)
        {
            throw PosixCalls.Failure("writing the checksum of", path, PosixCalls.ErrorOf(e), e);
        }
    }

    /// <summary>
    /// Whether a file is as it was written; null where it carries no hash, or cannot be read. False also for a file
    /// that has no footer.
    /// </summary>
    public static bool? Verify(string path)
    {
        try
        {
            return Compare(path);
        }
        catch (InvalidDataException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever reads it next says so.
            return null;
        }
    }

    private static void WriteInPlace(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, 0);
        long place = Find(file) ?? throw new InvalidOperationException($"{path} has no room for its hash.");
        string hash = Convert.ToHexStringLower(Hash(file, place));
        file.Position = place;
        file.Write(Encoding.ASCII.GetBytes(hash));
    }

    private static bool? Compare(string path)
    {
        using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        if (Find(file) is not { } place)
        {
            return null;
        }

        byte[] written = new byte[Digits];
        file.Position = place;
        file.ReadExactly(written);
        return Encoding.ASCII.GetString(written) == Convert.ToHexStringLower(Hash(file, place));
    }

    /// <summary>Where the digits stand; null without any. A footer with the key has nothing else behind it.</summary>
    private static long? Find(FileStream file)
    {
        Span<byte> tail = stackalloc byte[TailBytes];
        if (file.Length < TailBytes)
        {
            throw new InvalidDataException();
        }

        file.Position = file.Length - TailBytes;
        file.ReadExactly(tail);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (!tail[sizeof(uint)..].SequenceEqual("PAR1"u8) || length > file.Length - TailBytes)
        {
            throw new InvalidDataException();
        }

        byte[] footer = new byte[length];
        long start = file.Length - TailBytes - length;
        file.Position = start;
        file.ReadExactly(footer);
        int key = footer.AsSpan().LastIndexOf(Key);
        if (key < 0)
        {
            return null;
        }

        int value = key + Key.Length + Between.Length;
        return footer.AsSpan(key + Key.Length).StartsWith(Between) && value + Digits <= footer.Length
            ? start + value
            : throw new InvalidDataException();
    }

    private static byte[] Hash(FileStream file, long place)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[(int)Math.Min(BufferBytes, file.Length)];
        file.Position = 0;
        int read;
        for (long at = 0; (read = file.Read(buffer)) > 0; at += read)
        {
            // The digits may lie across two reads.
            long from = Math.Clamp(place - at, 0, read);
            long to = Math.Clamp(place + Digits - at, 0, read);
            buffer.AsSpan((int)from, (int)(to - from)).Fill((byte)'0');
            hash.AppendData(buffer.AsSpan(0, read));
        }

        return hash.GetHashAndReset();
    }
}
