using System.Runtime.InteropServices;

namespace Landfall.Workers;

/// <summary>
/// Root's powers that a worker keeps: those over files that belong to others, within what Landlock leaves. With more,
/// it could look into other processes, Landlock or not.
/// </summary>
internal static partial class Capabilities
{
    private const uint Version = 0x20080522;
    private const uint OverFiles = 0b1111;

    /// <summary>Number of the call that sets a thread's powers; 0 where it is not known.</summary>
    public static int SetNumber => OperatingSystem.IsLinux() ? Numbers().Set : 0;

    /// <summary>
    /// What the call takes: a header of 8 bytes, and 24 bytes of powers that this thread has and a worker keeps.
    /// </summary>
    public static unsafe void Write(byte* header, byte* powers)
    {
        ((uint*)header)[0] = Version;
        _ = GetNative(Numbers().Get, (nint)header, (nint)powers);
        uint* words = (uint*)powers;
        for (int i = 0; i < 6; i++)
        {
            words[i] &= i < 3 ? OverFiles : 0;
        }
    }

    private static (int Get, int Set) Numbers() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => (125, 126),
        Architecture.Arm64 => (90, 91),
        _ => (0, 0),
    };

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint GetNative(nint number, nint header, nint powers);
}
