using Landfall.DuckDb;
using Landfall.Estate;

namespace Landfall.Engine.DuckDb.Storage;

/// <summary>Names failures for want of space, which DuckDB says in a text alone.</summary>
internal static class DiskFull
{
    /// <summary>Runs statements that write files.</summary>
    /// <exception cref="StorageException">LF4211: space ran out.</exception>
    /// <exception cref="DuckDbException">They failed for another reason.</exception>
    public static T Named<T>(Func<T> statements)
    {
        try
        {
            return statements();
        }
        catch (DuckDbException e)
        {
            if (e.StorageFull() is { } full)
            {
                throw full;
            }

            throw;
        }
    }
}
