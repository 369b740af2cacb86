using Landfall.Estate;

namespace Landfall.Delta;

/// <summary>Storage refused or failed an operation. The last committed version of every table stays readable.</summary>
public sealed class StorageException : LandfallException
{
    /// <summary>Makes an exception with code LF4210, or LF4211 where space ran out.</summary>
    public StorageException(string message, int errorNumber, bool outcomeUnknown = false, Exception? inner = null)
        : this(Full(errorNumber) ? "LF4211" : "LF4210", message, errorNumber, outcomeUnknown, inner)
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
    public bool IsFull => Full(ErrorNumber);

    private const int TooLarge = 27;
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

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

    private static bool Full(int errorNumber) => errorNumber is TooLarge or NoSpace or QuotaExceeded;
}
