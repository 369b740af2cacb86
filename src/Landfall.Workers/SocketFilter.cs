using System.Runtime.InteropServices;

namespace Landfall.Workers;

/// <summary>
/// A system call filter without which Landlock leaves gaps: it knows nothing of UDP, of sockets in the file system,
/// or, in older kernels, of TCP. Under it no socket can be made.
/// </summary>
internal static class SocketFilter
{
    private const uint LoadWord = 0x20;
    private const uint JumpIfEqual = 0x15;
    private const uint JumpIfAtLeast = 0x35;
    private const uint Return = 0x06;
    private const uint Allow = 0x7fff0000;
    private const uint KillProcess = 0x80000000;
    private const uint AccessDenied = 0x00050000 | 13;

    private const uint ForeignCalls = 0x40000000;
    private const uint IoUringSetup = 425;

    /// <summary>Whether the kernel takes filters, on a processor whose numbers are known here.</summary>
    public static bool IsSupported { get; } =
        OperatingSystem.IsLinux() && Numbers() is not null && Libc.FiltersCalls();

    /// <summary>The filter's instructions, as the kernel lays them out.</summary>
    public static ulong[] Instructions()
    {
        (uint architecture, uint socket) = Numbers()!.Value;
        return
        [
            Instruction(LoadWord, 4),
            Instruction(JumpIfEqual, architecture, ifTrue: 1),
            Instruction(Return, KillProcess),
            Instruction(LoadWord, 0),
            Instruction(JumpIfAtLeast, ForeignCalls, ifTrue: 3),
            Instruction(JumpIfEqual, socket, ifTrue: 2),
            Instruction(JumpIfEqual, IoUringSetup, ifTrue: 1),
            Instruction(Return, Allow),
            Instruction(Return, AccessDenied),
        ];
    }

    private static ulong Instruction(uint code, uint value, uint ifTrue = 0) =>
        code | ((ulong)ifTrue << 16) | ((ulong)value << 32);

    private static (uint Architecture, uint Socket)? Numbers() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => (0xc000003e, 41),
        Architecture.Arm64 => (0xc00000b7, 198),
        _ => null,
    };
}
