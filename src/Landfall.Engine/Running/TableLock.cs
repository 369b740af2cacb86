using Landfall.Estate;

namespace Landfall.Engine.Running;

/// <summary>
/// A lock on a table among the runs of this lake: an open file that no other process can open. It goes with the
/// process that holds it, however that ends.
/// </summary>
internal sealed class TableLock : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(50);
    private readonly FileStream _file;

    private TableLock(FileStream file) => _file = file;

    /// <summary>Waits until the lock is free and takes it.</summary>
    /// <param name="lakeRoot">The lake.</param>
    /// <param name="table">The table.</param>
    /// <param name="clock">Time between tries.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<TableLock> AcquireAsync(
        string lakeRoot, TableName table, TimeProvider clock, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(lakeRoot, "_locks");
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, table + ".lock");
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException)
            {
                await Task.Delay(RetryDelay, clock, cancellationToken);
            }
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => _file.Dispose();
}
