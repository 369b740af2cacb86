namespace Landfall.DuckDb.Interop;

/// <summary>
/// Carries a cancellation into a running native call. DuckDB clears its interrupt flag when a statement begins, so one
/// signal that comes just before would be lost: it is repeated until the call has ended, and never after.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Repeat = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly ConnectionHandle _connection;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _registration;
    private Timer? _timer;
    private bool _ended;

    public Interruption(ConnectionHandle connection, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _connection = connection;
        _cancellation = cancellation;
        _registration = cancellation.UnsafeRegister(static state => ((Interruption)state!).Start(), this);
    }

    /// <summary>A failed call that was cancelled is a cancellation, whatever error DuckDB made of it.</summary>
    public void ThrowIfCancelled() => _cancellation.ThrowIfCancellationRequested();

    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            _timer?.Dispose();
        }

        _registration.Dispose();
    }

    private void Start()
    {
        lock (_gate)
        {
            if (!_ended)
            {
                _timer = new Timer(static state => ((Interruption)state!).Signal(), this, TimeSpan.Zero, Repeat);
            }
        }
    }

    private void Signal()
    {
        lock (_gate)
        {
            if (!_ended)
            {
                NativeMethods.Interrupt(_connection);
            }
        }
    }
}
