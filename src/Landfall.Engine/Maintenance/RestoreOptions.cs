namespace Landfall.Engine.Maintenance;

/// <summary>What else goes back with a table's content.</summary>
public sealed record RestoreOptions
{
    /// <summary>
    /// Applications whose recorded version goes back too, by their id; none by default. For those that load after it
    /// what the content no longer has.
    /// </summary>
    public Func<string, bool> Rewinds { get; init; } = _ => false;

    /// <summary>What the table's history notes as the time that was asked for; null where a version was.</summary>
    public DateTimeOffset? Timestamp { get; init; }
}
