using Landfall.Estate;
using Landfall.Posix;

namespace Landfall.Engine.Lakes;

/// <summary>
/// A lock on a table among the runs of this lake: an open file that no other process can open. It goes with the
/// process that holds it, however that ends.
/// </summary>
internal sealed class TableLock : IDisposable
{
    /// <summary>How long is waited before somebody is told.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);
    private readonly FileStream _file;

    private TableLock(FileStream file) => _file = file;

    /// <summary>Waits until the lock is free and takes it.</summary>
    /// <param name="lakeRoot">The lake.</param>
    /// <param name="table">The table.</param>
    /// <param name="clock">Time between tries.</param>
    /// <param name="waits">Is told once where the wait takes <see cref="Patience"/>; null to wait in silence.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StorageException">
    /// LF4210, LF4211: the lock cannot be taken for another reason than that somebody has it.
    /// </exception>
    public static async Task<TableLock> AcquireAsync(
        string lakeRoot, TableName table, TimeProvider clock, Action? waits, CancellationToken cancellationToken)
    {
        string path = Path.Combine(lakeRoot, "_locks", table + ".lock");
        long started = clock.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryOpen(path) is { } file)
            {
                return new(file);
            }

            if (waits is not null && clock.GetElapsedTime(started) >= Patience)
            {
                waits();
                waits = null;
            }

            await Task.Delay(RetryDelay, clock, cancellationToken);
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>Null where somebody has it, which is all that waiting mends.</summary>
    private static FileStream? TryOpen(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (PosixCalls.IsOpenElsewhere(e))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PosixCalls.Failure("lock", path, e);
        }
    }
}
