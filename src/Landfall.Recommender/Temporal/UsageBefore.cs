using Landfall.Recommender.Data;

namespace Landfall.Recommender.Temporal;

/// <summary>A history up to a day as training data.</summary>
/// <param name="history">The history.</param>
/// <param name="cutOff">The first day that is not known yet, counted from the history's first.</param>
/// <param name="amounts">How much accounts used services before, already decayed; for SAR.</param>
/// <param name="gram">The Gram matrix of the same days where it is kept; null to make it.</param>
public sealed class UsageBefore(
    UsageHistory history, int cutOff, IReadOnlyCollection<Interaction> amounts, GramMatrix? gram = null)
    : ITrainingData
{
    private readonly Interaction[] _used =
        [.. history.FirstUses.Where(u => u.Day < cutOff).Select(u => new Interaction(u.Account, u.Service, 1, 0))];

    /// <inheritdoc/>
    public int Services => history.Services.Length;

    /// <inheritdoc/>
    public InteractionMatrix Matrix(Weighting weighting) => InteractionMatrix.Of(
        weighting.Amounts ? amounts : _used, history.Accounts.Length, Services,
        new() { Amounts = weighting.Amounts });

    /// <inheritdoc/>
    public GramMatrix Gram(double beta, CancellationToken cancellationToken) => gram is not null && gram.Beta == beta
        ? gram
        : GramMatrix.Of(Matrix(Weighting.Binary), beta, cancellationToken);

    /// <inheritdoc/>
    public double[] RecentUse(double days) => Use(day => cutOff - day <= days ? 1 : 0);

    /// <inheritdoc/>
    public double[] DecayedUse(double halfLifeDays) =>
        Use(day => halfLifeDays == 0 ? 1 : Math.Pow(2, (day - cutOff + 1) / halfLifeDays));

    private double[] Use(Func<int, double> weightOf)
    {
        double[] weights = [.. Enumerable.Range(0, Math.Min(cutOff, history.Days)).Select(weightOf)];
        return [.. history.DailyUse.Select(daily => weights.Select((weight, day) => weight * daily[day]).Sum())];
    }
}
