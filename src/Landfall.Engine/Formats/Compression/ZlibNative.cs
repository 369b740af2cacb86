using System.Runtime.InteropServices;

namespace Landfall.Engine.Formats.Compression;

/// <summary>
/// The zlib that the .NET runtime ships. Its streams read beyond the end of a member and say nothing of a truncated
/// one; the library itself tells where a member ends, and checks its CRC and length.
/// </summary>
internal static partial class ZlibNative
{
    public const int Ok = 0;
    public const int StreamEnd = 1;
    public const int BufferError = -5;

    /// <summary>Window bits of a gzip member: the largest window, plus 16 for the wrapper.</summary>
    public const int GzipWindow = 31;

    private const string Library = "libSystem.IO.Compression.Native";

    [LibraryImport(Library, EntryPoint = "CompressionNative_InflateInit2_")]
    public static partial int InflateInit(ref Stream stream, int windowBits);

    [LibraryImport(Library, EntryPoint = "CompressionNative_InflateReset2_")]
    public static partial int InflateReset(ref Stream stream, int windowBits);

    [LibraryImport(Library, EntryPoint = "CompressionNative_Inflate")]
    public static partial int Inflate(ref Stream stream, int flush);

    [LibraryImport(Library, EntryPoint = "CompressionNative_InflateEnd")]
    public static partial int InflateEnd(ref Stream stream);

    /// <summary>The stream structure of the runtime's wrapper.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct Stream
    {
        public byte* NextIn;
        public byte* NextOut;
        public byte* Message;
        public IntPtr State;
        public uint AvailableIn;
        public uint AvailableOut;
    }
}
