namespace Landfall.Cli.Demo;

/// <summary>How large new source systems are, and which days they have.</summary>
/// <param name="Scale">1 is 20 million events over 180 days, 5,000 accounts and 150 services.</param>
/// <param name="Seed">The same seed gives the same data.</param>
/// <param name="Days">Days of history.</param>
/// <param name="From">The first day; null for 180 days before today.</param>
internal sealed record DemoSettings(double Scale, long Seed, int Days, DateOnly? From)
{
    /// <summary>A million events over 180 days.</summary>
    public static DemoSettings Default { get; } = new(0.05, 1, 180, null);
}
