using System.Collections.Immutable;
using Landfall.Server.Endpoints;

namespace Landfall.Server.Estates;

/// <summary>Shares of the traffic while some declared deployments have no model yet.</summary>
internal static class Shares
{
    /// <summary>
    /// Gives what is missing to 100 % to the deployment with the most traffic; without any, to the first that does not
    /// mirror, so that a model that is there is served.
    /// </summary>
    public static ImmutableArray<Deployment> Of(ImmutableArray<Deployment> deployments)
    {
        int missing = 100 - deployments.Sum(d => d.TrafficPercent);
        Deployment? most = deployments.Where(d => d.MirrorPercent == 0).MaxBy(d => d.TrafficPercent);
        return missing <= 0 || most is null
            ? deployments
            : deployments.Replace(most, most with { TrafficPercent = most.TrafficPercent + missing });
    }
}
