using System.Runtime.InteropServices;

namespace Landfall.Workers;

/// <summary>The C library's calls that workers need and .NET lacks.</summary>
internal static partial class Libc
{
    public const int SigKill = 9;

    private const int SetParentDeathSignal = 1;
    private const int GetCallFilter = 21;
    private const int CoreSize = 4;

    /// <summary>Ends this process when the thread that started it ends; there only on Linux.</summary>
    public static void DieWithParent()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = PrctlNative(SetParentDeathSignal, SigKill, 0, 0, 0);
        }
    }

    /// <summary>Whether the kernel can filter system calls.</summary>
    public static bool FiltersCalls() => PrctlNative(GetCallFilter, 0, 0, 0, 0) >= 0;

    /// <summary>A crash leaves no image of the memory, which holds secrets, behind.</summary>
    public static void LeaveNoCore() => _ = SetLimitNative(CoreSize, [0, 0]);

    /// <summary>The process id of the parent; another one's once the parent has ended.</summary>
    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int ParentId();

    /// <summary>Makes <paramref name="to"/> another name of the descriptor <paramref name="from"/>.</summary>
    [LibraryImport("libc", EntryPoint = "dup2")]
    public static partial int Duplicate(int from, int to);

    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Kill(int process, int signal);

    /// <summary>Reaps an ended child; its process id, or less than 0.</summary>
    [LibraryImport("libc", EntryPoint = "wait4")]
    public static partial int Wait(int process, out int status, int options, out ResourceUsage usage);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int PrctlNative(int option, nint a, nint b, nint c, nint d);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimitNative(int resource, ReadOnlySpan<nint> currentAndMaximum);

    /// <summary>A <c>struct rusage</c>; what is not named here is not ours to tell.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ResourceUsage
    {
        private readonly nint _userSeconds;
        private readonly nint _userMicros;
        private readonly nint _systemSeconds;
        private readonly nint _systemMicros;
        private readonly Rest _rest;

        public readonly double UserSeconds => _userSeconds + (_userMicros / 1e6);

        public readonly double SystemSeconds => _systemSeconds + (_systemMicros / 1e6);

        [System.Runtime.CompilerServices.InlineArray(14)]
        private struct Rest
        {
            private nint _first;
        }
    }
}
