namespace Landfall.Recommender.Monitoring;

/// <summary>Something that is watched of a model in service.</summary>
/// <param name="Name">What.</param>
/// <param name="Value">Its value; null where there is nothing to measure yet.</param>
/// <param name="Unit">Unit of the value.</param>
/// <param name="Limit">The value from which on it warns; null for one that only informs.</param>
/// <param name="Meaning">What the value says; one phrase.</param>
public sealed record Signal(string Name, double? Value, string Unit, double? Limit, string Meaning)
{
    /// <summary>Whether a low value warns, and not a high one.</summary>
    public bool WarnsBelow { get; init; }

    /// <summary>Whether it warns.</summary>
    public bool Warns => Value is { } value && Limit is { } limit && (WarnsBelow ? value < limit : value > limit);
}
