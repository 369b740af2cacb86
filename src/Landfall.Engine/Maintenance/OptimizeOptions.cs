using Landfall.Delta;

namespace Landfall.Engine.Maintenance;

/// <summary>How a table's small files are joined.</summary>
public sealed record OptimizeOptions
{
    /// <summary>Size that joined files come near to, in bytes; files of three quarters of it are left alone.</summary>
    public long TargetBytes { get; init; } = 128L << 20;

    /// <summary>
    /// Bytes of small files that one commit joins, about; what is committed stays joined after a kill.
    /// </summary>
    public long BatchBytes { get; init; } = 1L << 30;

    /// <summary>How often files are chosen anew because another writer took some away.</summary>
    public int AttemptsMax { get; init; } = 10;

    /// <summary>Whether nobody asked for it; noted in the table's history.</summary>
    public bool Automatic { get; init; }

    /// <summary>Files that may be joined; all by default.</summary>
    public Func<AddFile, bool> Joins { get; init; } = _ => true;
}
