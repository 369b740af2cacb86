using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Landfall.Engine.Harness;

/// <summary>How large a file may become that this process writes, in bytes (RLIMIT_FSIZE).</summary>
internal static partial class FileLimit
{
    private const int Resource = 1;
    private const int TooLarge = 25;
    private const int Ignore = 1;

    /// <summary>Sets the limit, which may be raised again.</summary>
    public static void Set(ulong bytes)
    {
        // A write beyond the limit shall fail rather than end the process.
        _ = Signal(TooLarge, Ignore);
        Limit limit = default;
        Check(Get(Resource, ref limit));
        limit.Current = Math.Min(bytes, limit.Most);
        Check(Set(Resource, limit));
    }

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int Get(int resource, ref Limit limit);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int Set(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Current;
        public ulong Most;
    }
}
