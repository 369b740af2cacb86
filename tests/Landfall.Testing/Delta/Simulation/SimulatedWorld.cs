using System.Runtime.CompilerServices;

namespace Landfall.Testing.Delta.Simulation;

/// <summary>
/// Runs processes that share a disk on one thread, in an order that a seed decides, in time that passes only here.
/// Where a process takes a <see cref="Turn"/>, another may come; where it makes a call to the disk, others may run in
/// between, the power may fail, and the process may be killed. The same seed gives the same run.
/// </summary>
public sealed class SimulatedWorld(Random random) : TimeProvider
{
    private const int NestingMax = 3;

    private readonly List<(SimulatedProcess Process, Action Continue, DateTimeOffset Due)> _ready = [];
    private readonly List<SimulatedProcess> _living = [];
    private int _thread;
    private readonly AsyncLocal<SimulatedProcess?> _current = new();
    private int _nesting;
    private bool _off;
    private int _cutAt;
    private ulong _trace = 14695981039346656037;

    /// <summary>Calls that the disk took.</summary>
    public int Calls { get; private set; }

    /// <summary>A hash of every call in order.</summary>
    public ulong Trace => _trace;

    public DateTimeOffset Now { get; private set; } = new(2026, 2, 27, 22, 0, 0, TimeSpan.Zero);

    /// <summary>Whether processes run, rather than somebody who looks at what they left.</summary>
    public bool IsRunning => _current.Value is not null;

    /// <summary>Share of calls before which a process is killed.</summary>
    public double KillShare { get; set; }

    /// <summary>What went wrong in a process that should not have.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Durations are in milliseconds, one for each call: clocks jump, what measures time does not.</summary>
    public override long TimestampFrequency => 1000;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Calls;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Enqueue(() => callback(state), Now + dueTime);
        return new NoTimer();
    }

    /// <summary>Starts a process. Killed, it starts anew, until the power fails.</summary>
    public void Start(Func<Task> body)
    {
        var process = new SimulatedProcess(body);
        _living.Add(process);
        _ready.Add((process, () => process.Running = body(), Now));
    }

    /// <summary>Runs until every process has ended or the power fails at a call; 0 for never.</summary>
    public void Run(int cutAt)
    {
        (_off, _cutAt, _thread) = (false, cutAt, Environment.CurrentManagedThreadId);
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (!_off && _living.Count > 0 && Failure is null)
            {
                RunOne();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
            lock (_ready)
            {
                _ready.Clear();
            }

            _living.Clear();
            _off = false;
        }
    }

    /// <summary>Nothing runs for a while.</summary>
    public void Sleep(TimeSpan time) => Now += time;

    /// <summary>Lets others go first, perhaps.</summary>
    public TurnAwaiter Turn() => new(this);

    /// <summary>The disk is about to take a call.</summary>
    public void Enter(string kind, string path)
    {
        if (_current.Value is not { } process || Environment.CurrentManagedThreadId != _thread)
        {
            return;
        }

        RequireAlive(process);
        Calls++;
        Record(kind, path);
        _off |= _cutAt > 0 && --_cutAt == 0;
        process.IsKilled |= random.NextDouble() < KillShare;
        RequireAlive(process);
        if (_nesting < NestingMax && random.Next(8) == 0)
        {
            RunOne();
            RequireAlive(process);
        }
    }

    private void RequireAlive(SimulatedProcess process)
    {
        if (_off || process.IsKilled)
        {
            throw new PowerCutException();
        }
    }

    private void RunOne()
    {
        AwaitStrays();
        (SimulatedProcess Process, Action Continue, DateTimeOffset Due) next;
        lock (_ready)
        {
            if (_ready.Count == 0)
            {
                return;
            }

            int index = random.Next(_ready.Count);
            next = _ready[index];
            _ready.RemoveAt(index);
        }

        Now = Later(next.Due);
        SimulatedProcess? before = _current.Value;
        (_current.Value, _nesting) = (next.Process, _nesting + 1);
        next.Continue();
        (_current.Value, _nesting) = (before, _nesting - 1);
        if (next.Process.Running is { IsCompleted: true } ended)
        {
            End(next.Process, ended);
        }
    }

    /// <summary>
    /// The product reads long logs by several threads. Nobody else may run meanwhile, or the order would be theirs.
    /// </summary>
    private void AwaitStrays()
    {
        var spin = new SpinWait();
        while (true)
        {
            lock (_ready)
            {
                if (_ready.Count + _nesting >= _living.Count)
                {
                    return;
                }
            }

            if (_living.Find(p => p.Running is { IsFaulted: true } && !p.IsKilled) is { Running: { } failed } process)
            {
                End(process, failed);
                return;
            }

            spin.SpinOnce();
        }
    }

    private void End(SimulatedProcess process, Task ended)
    {
        _living.Remove(process);
        Exception? failure = ended.Exception?.InnerException;
        if (failure is not null and not PowerCutException)
        {
            Failure ??= failure;
        }
        else if (failure is not null && !_off)
        {
            Start(process.Body);
        }
    }

    /// <summary>Clocks mostly go on, sometimes stand, rarely jump ahead or back.</summary>
    private DateTimeOffset Later(DateTimeOffset due)
    {
        TimeSpan step = random.Next(250) switch
        {
            0 => TimeSpan.FromHours(2),
            1 => TimeSpan.FromHours(-1),
            < 100 => TimeSpan.Zero,
            _ => TimeSpan.FromMilliseconds(random.Next(50)),
        };
        return (due > Now ? due : Now) + step;
    }

    /// <summary>FNV-1a, without the random part of temporary names.</summary>
    private void Record(string kind, string path)
    {
        ReadOnlySpan<char> name = path.EndsWith(".tmp", StringComparison.Ordinal) ? path.AsSpan(0, path.Length - 37)
            : path;
        foreach (char letter in kind)
        {
            _trace = (_trace ^ letter) * 1099511628211;
        }

        foreach (char letter in name)
        {
            _trace = (_trace ^ letter) * 1099511628211;
        }
    }

    private void Enqueue(Action action, DateTimeOffset due)
    {
        SimulatedProcess process = _current.Value ?? throw new InvalidOperationException("Only processes wait.");
        lock (_ready)
        {
            _ready.Add((process, action, due));
        }
    }

    /// <summary>Awaiting it puts what follows among what may run next.</summary>
    public readonly struct TurnAwaiter(SimulatedWorld world) : INotifyCompletion
    {
        /// <summary>Whoever looks at what is left does not wait.</summary>
        public bool IsCompleted => !world.IsRunning;

        public TurnAwaiter GetAwaiter() => this;

        public void GetResult()
        {
            // There is no result.
        }

        public void OnCompleted(Action continuation) => world.Enqueue(continuation, world.Now);
    }

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => false;

        public void Dispose()
        {
            // It fires once, in its turn.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
