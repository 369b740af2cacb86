namespace Relecloud.Sources.Application;

/// <summary>
/// What recommends services to the application outside the platform. It serves one simulation at a time, and must give
/// the same on every machine, since every byte that is written follows from it.
/// </summary>
public interface IAdviser
{
    /// <summary>Learns anew from what accounts use.</summary>
    void Learn(AdviserUsage usage);

    /// <summary>What it recommends to an account.</summary>
    /// <param name="inUse">Ids of services that the account uses.</param>
    /// <param name="count">Services at most.</param>
    /// <param name="excluded">Ids of services that are never recommended.</param>
    Advice Advise(IReadOnlyList<string> inUse, int count, IReadOnlyList<string> excluded);

    /// <summary>Whether a customer is among those who are shown nothing.</summary>
    /// <param name="customer">The customer's id.</param>
    /// <param name="salt">What draws them.</param>
    /// <param name="share">The share of customers.</param>
    bool IsHeldOut(string customer, string salt, double share);
}
