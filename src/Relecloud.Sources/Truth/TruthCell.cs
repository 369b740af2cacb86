namespace Relecloud.Sources.Truth;

/// <summary>What a service came to in a month, for one account or for all.</summary>
internal sealed class TruthCell
{
    public decimal Gross { get; set; }

    public decimal Credits { get; set; }

    public decimal Refunds { get; set; }

    public decimal Tax { get; set; }

    public decimal Billed { get; set; }

    public decimal Used { get; set; }

    public long ActiveAccounts { get; set; }

    public decimal Net => Gross - Credits - Refunds;

    public decimal Unbilled => Used - Billed;

    /// <summary>Rounded to six digits, halves away from zero; null without use.</summary>
    public decimal? NetPerUsedUnit =>
        Used == 0 ? null : decimal.Round(Net / Used, 6, MidpointRounding.AwayFromZero);

    /// <summary>Adds an account's cell to the service's.</summary>
    public void Add(TruthCell account)
    {
        Gross += account.Gross;
        Credits += account.Credits;
        Refunds += account.Refunds;
        Tax += account.Tax;
        Billed += account.Billed;
        Used += account.Used;
        ActiveAccounts += account.Used > 0 || account.Billed > 0 ? 1 : 0;
    }
}
