using System.Runtime.InteropServices;
using Landfall.Delta;
using Landfall.DuckDb;

namespace Landfall.Engine.Storage;

/// <summary>
/// Tells failures for want of space from others where they do not come as <see cref="StorageException"/>: DuckDB writes
/// files of its own and says so in a text, the runtime in an exception of its own.
/// </summary>
internal static class DiskFull
{
    /// <summary>ENOSPC, EDQUOT and EFBIG.</summary>
    private static readonly int[] Errors = [28, 122, Posix.TooLarge];

    /// <summary>LF4211 where DuckDB ran out of space; null for every other failure.</summary>
    public static StorageException? Of(DuckDbException failure)
    {
        int error = failure.ErrorType == DuckDbErrorType.IO
            ? Errors.FirstOrDefault(
                e => failure.Message.Contains(Marshal.GetPInvokeErrorMessage(e), StringComparison.Ordinal))
            : 0;
        return error == 0 ? null : Named(error, failure);
    }

    /// <summary>LF4211 where space ran out; null for every other failure.</summary>
    public static StorageException? Of(IOException failure) =>
        Posix.ErrorOf(failure) is var error && Errors.Contains(error) ? Named(error, failure) : null;

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
            if (Of(e) is { } full)
            {
                throw full;
            }

            throw;
        }
    }

    private static StorageException Named(int error, Exception cause) => new(
        $"Writing files failed: {Marshal.GetPInvokeErrorMessage(error)} (errno {error}). Nothing that was committed is "
        + "lost, and nothing unfinished is visible. Free some space, then run again.",
        error,
        inner: cause);
}
