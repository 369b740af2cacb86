using Landfall.Estate;

namespace Landfall.Delta;

/// <summary>A table's log or a file it needs is damaged or missing. Nothing was repaired or changed.</summary>
public sealed class CorruptTableException : LandfallException
{
    /// <summary>Makes an exception with code LF4200.</summary>
    /// <param name="file">Name of the file, relative to the table.</param>
    /// <param name="problem">What is wrong with it, without a full stop.</param>
    /// <param name="inner">What was thrown when reading it.</param>
    public CorruptTableException(string file, string problem, Exception? inner = null)
        : base(
            "LF4200",
            $"{file}: {problem}. The table cannot be read as it stands; nothing was changed. "
            + "Restore the file from a backup, or read an older version.",
            inner) => File = file;

    /// <summary>Name of the file, relative to the table.</summary>
    public string File { get; }
}
