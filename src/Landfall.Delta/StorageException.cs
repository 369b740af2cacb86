using Landfall.Estate;

namespace Landfall.Delta;

/// <summary>Storage refused or failed an operation. The last committed version of every table stays readable.</summary>
public sealed class StorageException : LandfallException
{
    /// <summary>Makes an exception with code LF4210, or LF4211 where space ran out.</summary>
    public StorageException(string message, int errorNumber, bool outcomeUnknown = false, Exception? inner = null)
        : base(errorNumber is NoSpace or QuotaExceeded ? "LF4211" : "LF4210", message, inner)
    {
        ErrorNumber = errorNumber;
        OutcomeUnknown = outcomeUnknown;
    }

    /// <summary>The operating system's error number (errno); 0 where there is none.</summary>
    public int ErrorNumber { get; }

    /// <summary>Whether a write may have taken place all the same, so that the caller must look.</summary>
    public bool OutcomeUnknown { get; }

    /// <summary>Whether space or quota ran out.</summary>
    public bool IsFull => ErrorNumber is NoSpace or QuotaExceeded;

    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
}
