using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Landfall.Estate;

/// <summary>Storage refused or failed an operation. The last committed version of every table stays readable.</summary>
public sealed class StorageException : LandfallException
{
    /// <summary>Makes an exception with code LF4210, or LF4211 where space ran out.</summary>
    public StorageException(string message, int errorNumber, bool outcomeUnknown = false, Exception? inner = null)
        : this(FullErrors.Contains(errorNumber) ? "LF4211" : "LF4210", message, errorNumber, outcomeUnknown, inner)
    {
    }

    private StorageException(string code, string message, int errorNumber, bool outcomeUnknown, Exception? inner)
        : base(code, message, inner)
    {
        ErrorNumber = errorNumber;
        OutcomeUnknown = outcomeUnknown;
    }

    /// <summary>The operating system's error number (errno); 0 where there is none.</summary>
    public int ErrorNumber { get; }

    /// <summary>Whether a write may have taken place all the same, so that the caller must look.</summary>
    public bool OutcomeUnknown { get; }

    /// <summary>Whether space, quota or the size that a file may have ran out.</summary>
    public bool IsFull => FullErrors.Contains(ErrorNumber);

    /// <summary>The error numbers EFBIG, ENOSPC and EDQUOT.</summary>
    public static ImmutableArray<int> FullErrors { get; } = [27, 28, 122];

    /// <summary>Code LF4211: writing a file failed for want of space.</summary>
    /// <param name="errorNumber">One of <see cref="FullErrors"/>.</param>
    /// <param name="cause">What failed.</param>
    public static StorageException Full(int errorNumber, Exception cause) => new(
        $"Writing files failed: {Marshal.GetPInvokeErrorMessage(errorNumber)} (errno {errorNumber}). Nothing that was "
        + "committed is lost, and nothing unfinished is visible. Free some space, then run again.",
        errorNumber,
        inner: cause);

    /// <summary>
    /// Code LF4231: a file got its name, so that others see it, and the storage did not confirm that it stays.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="cause">What the storage said.</param>
    public static StorageException Unconfirmed(string path, StorageException cause) => new(
        "LF4231",
        $"{path} is in place, but the storage did not confirm that it is durable: {cause.Message} The commit was not "
        + "acknowledged; it is whole, and it stays unless power fails before the storage is mended. Run again: what "
        + "the table holds then is what counts.",
        cause.ErrorNumber, outcomeUnknown: false, cause);
}
