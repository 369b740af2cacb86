namespace Landfall.Engine.Maintenance;

/// <summary>Which unneeded files are deleted.</summary>
public sealed record VacuumOptions
{
    /// <summary>
    /// How long removed and uncommitted files stay; null for what the table says
    /// (<c>delta.deletedFileRetentionDuration</c>), a week by default.
    /// </summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>
    /// Whether a shorter retention than the table's is meant, although readers of older versions and runs that take
    /// longer then fail.
    /// </summary>
    public bool MayBreakReaders { get; init; }

    /// <summary>
    /// Whether the caller keeps every writer of the table away. Where not, files of the last day stay whatever the
    /// retention, because a writer may be about to commit them.
    /// </summary>
    public bool WritersExcluded { get; init; }
}
