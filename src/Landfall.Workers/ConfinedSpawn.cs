using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Landfall.Workers;

/// <summary>
/// Starts a process that is confined from its first instruction, and waits for its end.
/// </summary>
/// <remarks>
/// Landlock, call filters and the signal of a parent's death belong to a thread, not to a process: a thread gives up
/// what the new process is not to have, starts it, which hands the confinement on, and stays until the process has
/// ended. Once confined, the thread runs native code only, through pointers that were looked up before: anything
/// managed could load a file, or start a thread of the runtime, which would then be confined as well.
/// </remarks>
internal static unsafe class ConfinedSpawn
{
    public const int Pending = 0;
    public const int Started = 1;
    public const int Failed = 2;

    private const int NoNewPrivileges = 38;
    private const int SetCallFilter = 22;
    private const int FilterMode = 2;
    private const int ProcessId = 1;
    private const int Ended = 4;
    private const int Interrupted = 4;

    /// <summary>Leaves an ended process there to be reaped.</summary>
    private static int LeaveWaitable => OperatingSystem.IsMacOS() ? 0x20 : 0x01000000;

    /// <summary>Looks up what <see cref="Run"/> calls.</summary>
    public static void Prepare(Call* call)
    {
        nint program = NativeLibrary.GetMainProgramHandle();
        call->Spawn = (delegate* unmanaged<int*, byte*, byte*, byte*, byte**, byte**, int>)
            NativeLibrary.GetExport(program, "posix_spawn");
        call->Wait = (delegate* unmanaged<int, int, byte*, int, int>)NativeLibrary.GetExport(program, "waitid");
        call->Error = (delegate* unmanaged<int*>)NativeLibrary.GetExport(
            program, OperatingSystem.IsMacOS() ? "__error" : "__errno_location");
        call->WaitOptions = Ended | LeaveWaitable;
        if (OperatingSystem.IsLinux())
        {
            call->Control = (delegate* unmanaged<int, nint, nint, nint, nint, int>)
                NativeLibrary.GetExport(program, "prctl");
            call->System = (delegate* unmanaged<nint, nint, nint, nint>)NativeLibrary.GetExport(program, "syscall");
            call->RestrictSelf = Landlock.RestrictSelf;
            call->SetPowers = Capabilities.SetNumber;
        }
    }

    /// <summary>Confines the calling thread, starts the process and waits for its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(Call* call)
    {
        if (call->Ruleset >= 0 || call->Filter != null)
        {
            bool isConfined = call->Control(NoNewPrivileges, 1, 0, 0, 0) == 0
                && (call->SetPowers == 0 || call->System(call->SetPowers, (nint)call->Header, (nint)call->Powers) == 0)
                && (call->Ruleset < 0 || call->System(call->RestrictSelf, call->Ruleset, 0) == 0)
                && (call->Filter == null || call->Control(SetCallFilter, FilterMode, (nint)call->Filter, 0, 0) == 0);
            if (!isConfined)
            {
                call->Failure = *call->Error();
                Volatile.Write(ref call->State, Failed);
                return;
            }
        }

        int process;
        call->Failure = call->Spawn(
            &process, call->Path, call->Actions, call->Attributes, call->Arguments, call->Environment);
        call->Process = process;
        Volatile.Write(ref call->State, call->Failure == 0 ? Started : Failed);
        while (call->Failure == 0
            && call->Wait(ProcessId, process, call->Information, call->WaitOptions) < 0
            && *call->Error() == Interrupted)
        {
            // A signal to this process is no end of that one.
        }
    }

    /// <summary>What a call needs and gives; native memory, which outlives the thread.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Call
    {
        public byte* Path;
        public byte** Arguments;
        public byte** Environment;
        public byte* Actions;
        public byte* Attributes;
        public byte* Information;
        public byte* Filter;
        public byte* Header;
        public byte* Powers;
        public int Ruleset;
        public int RestrictSelf;
        public int SetPowers;
        public int WaitOptions;

        /// <summary>Process id, once started.</summary>
        public int Process;

        /// <summary>The error number, where it failed.</summary>
        public int Failure;

        /// <summary><see cref="Pending"/>, then <see cref="Started"/> or <see cref="Failed"/>.</summary>
        public int State;

        public delegate* unmanaged<int*, byte*, byte*, byte*, byte**, byte**, int> Spawn;
        public delegate* unmanaged<int, int, byte*, int, int> Wait;
        public delegate* unmanaged<int*> Error;
        public delegate* unmanaged<int, nint, nint, nint, nint, int> Control;
        public delegate* unmanaged<nint, nint, nint, nint> System;
    }
}
