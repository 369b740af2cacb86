namespace Landfall.Serving.Access;

/// <summary>What sessions of readers may not exceed, whatever they set for themselves.</summary>
/// <param name="Statement">How long a statement may run.</param>
/// <param name="Idle">How long a transaction may lie idle: it keeps rows that were replaced from going.</param>
public sealed record SessionLimits(TimeSpan Statement, TimeSpan Idle)
{
    /// <summary>Those that sessions begin with.</summary>
    public static SessionLimits Default { get; } = new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10));
}
