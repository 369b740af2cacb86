using System.ComponentModel;
using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;

namespace Landfall.Workers;

/// <summary>A started worker: its pipes, and its end. Safe for concurrent use.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int StackBytes = 256 << 10;

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<WorkerExit> _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AnonymousPipeServerStream _input = new(PipeDirection.Out, HandleInheritability.None);
    private readonly AnonymousPipeServerStream _output = new(PipeDirection.In, HandleInheritability.None);
    private readonly AnonymousPipeServerStream _error = new(PipeDirection.In, HandleInheritability.None);
    private bool _hasEnded;

    /// <summary>A thread's own last steps run before one is confined, so that they have nothing left to load.</summary>
    static WorkerProcess()
    {
        Thread thread = new(() => { }, StackBytes);
        thread.Start();
        thread.Join();
    }

    private WorkerProcess()
    {
    }

    public int Id { get; private set; }

    public Stream Input => _input;

    public Stream Output => _output;

    public Stream Error => _error;

    /// <summary>Completes when the process has ended and is reaped.</summary>
    public Task<WorkerExit> Exit => _exit.Task;

    /// <summary>Starts a process.</summary>
    /// <param name="command">The program.</param>
    /// <param name="environment">All of its environment.</param>
    /// <param name="ruleset">The Landlock ruleset that confines it; null for none.</param>
    /// <param name="filter">The call filter that confines it; empty for none.</param>
    /// <exception cref="Win32Exception">The system refuses.</exception>
    public static WorkerProcess Start(
        WorkerCommand command, IReadOnlyDictionary<string, string> environment, SafeFileHandle? ruleset, ulong[] filter)
    {
        WorkerProcess process = new();
        SpawnMemory memory = new(command, environment);
        memory.Connect(
            process._input.ClientSafePipeHandle, process._output.ClientSafePipeHandle,
            process._error.ClientSafePipeHandle);
        memory.Confine(ruleset, filter);
        try
        {
            process.Launch(memory);
        }
        finally
        {
            // The process has its own; ours would keep the pipes from ending.
            process._input.DisposeLocalCopyOfClientHandle();
            process._output.DisposeLocalCopyOfClientHandle();
            process._error.DisposeLocalCopyOfClientHandle();
        }

        return process;
    }

    /// <summary>Ends the process at once; nothing where it has ended.</summary>
    public void Kill()
    {
        lock (_gate)
        {
            // Once reaped, the number may be another process's.
            if (!_hasEnded)
            {
                _ = Libc.Kill(Id, Libc.SigKill);
            }
        }
    }

    /// <summary>Closes the pipes, once the process has ended and their readers have.</summary>
    public void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    private unsafe void Launch(SpawnMemory memory)
    {
        ConfinedSpawn.Call* call = memory.Call;
        Thread keeper = new(() => ConfinedSpawn.Run(call), StackBytes) { IsBackground = true };
        keeper.UnsafeStart();
        SpinWait.SpinUntil(() => Volatile.Read(ref call->State) != ConfinedSpawn.Pending);
        if (call->State == ConfinedSpawn.Failed)
        {
            int failure = call->Failure;
            keeper.Join();
            memory.Dispose();
            Dispose();
            throw new Win32Exception(failure);
        }

        Id = call->Process;
        new Thread(() => Reap(keeper, memory), StackBytes) { IsBackground = true }.UnsafeStart();
    }

    /// <summary>Waits on a thread that is not confined: what completes here may start others.</summary>
    private void Reap(Thread keeper, SpawnMemory memory)
    {
        keeper.Join();
        memory.Dispose();
        int reaped;
        int status;
        Libc.ResourceUsage usage;
        lock (_gate)
        {
            _hasEnded = true;
            reaped = Libc.Wait(Id, out status, 0, out usage);
        }

        _exit.SetResult(reaped == Id ? new(status, usage.UserSeconds, usage.SystemSeconds) : new(0, 0, 0));
    }
}
