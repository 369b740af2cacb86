namespace Landfall.Testing;

/// <summary>
/// A clock that goes on only where a test says so, and wakes those whose time has come. Thread-safe.
/// </summary>
public sealed class TestClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private readonly List<TimeSpan> _waits = [];
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private long _passed;

    /// <summary>Whether nobody waits: the clock goes on by itself to what anybody waits for.</summary>
    public bool SkipsWaits { get; init; }

    /// <summary>What was waited for, in order.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_gate)
            {
                return [.. _waits];
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _passed;
        }
    }

    /// <summary>Lets time pass.</summary>
    public void Advance(TimeSpan time)
    {
        Timer[] due;
        lock (_gate)
        {
            _now += time;
            _passed += time.Ticks;
            due = [.. _timers.Where(t => t.Due <= _passed)];
            _timers.RemoveAll(t => t.Due <= _passed);
        }

        Array.ForEach(due, t => t.Fire());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timer timer = new(this, callback, state);
        if (dueTime >= TimeSpan.Zero)
        {
            timer.Change(dueTime, period);
        }

        return timer;
    }

    private void Add(Timer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _waits.Add(dueTime);
            timer.Due = _passed + dueTime.Ticks;
            _timers.Add(timer);
        }

        if (SkipsWaits || dueTime == TimeSpan.Zero)
        {
            Advance(dueTime);
        }
    }

    private void Remove(Timer timer)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
        }
    }

    /// <summary>Fires once: nothing here repeats.</summary>
    private sealed class Timer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        public long Due { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Remove(this);
            if (dueTime >= TimeSpan.Zero)
            {
                clock.Add(this, dueTime);
            }

            return true;
        }

        public void Dispose() => clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
