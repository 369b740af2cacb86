using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Recommender.Exposures;
using Landfall.Server.Accounts;
using Landfall.Server.Keys;

namespace Landfall.Server.Endpoints;

/// <summary>
/// A named endpoint: what answers, who may call, and where exposures go. Deployments and keys change while it runs, by
/// reference: a request that has begun ends with what it began with. Safe for concurrent use.
/// </summary>
public sealed class RecommenderEndpoint
{
    private DeploymentSet _deployments = DeploymentSet.Empty;
    private EndpointKeys _keys;

    /// <summary>Makes an endpoint without deployments.</summary>
    /// <param name="name">3 to 32 lower-case letters, digits and <c>-</c>, the first a letter.</param>
    /// <param name="keys">Who may call.</param>
    /// <param name="accounts">What accounts use.</param>
    /// <param name="exposures">Where exposures go.</param>
    /// <param name="isHoldout">
    /// Whether a customer gets no recommendations, to compare with; null stands for an account without a customer.
    /// </param>
    /// <param name="limits">What requests may ask for.</param>
    /// <exception cref="LandfallException"><c>LF4420</c>: the name cannot be an endpoint's.</exception>
    public RecommenderEndpoint(
        string name, EndpointKeys keys, IAccountBaskets accounts, IExposureSink exposures,
        Func<string?, bool> isHoldout, EndpointLimits limits)
    {
        Name = IsName(name) ? name : throw new LandfallException(
            "LF4420",
            "An endpoint's name has 3 to 32 lower-case letters, digits and '-' and begins with a letter. Nothing is "
            + "served. Name it otherwise in the product's manifest.");
        _keys = keys;
        Accounts = accounts;
        Exposures = exposures;
        IsHoldout = isHoldout;
        Limits = limits;
    }

    /// <summary>The name in the endpoint's addresses.</summary>
    public string Name { get; }

    /// <summary>What accounts use.</summary>
    public IAccountBaskets Accounts { get; }

    /// <summary>Where exposures go.</summary>
    public IExposureSink Exposures { get; }

    /// <summary>Whether a customer, null for none, gets no recommendations.</summary>
    public Func<string?, bool> IsHoldout { get; }

    /// <summary>What requests may ask for.</summary>
    public EndpointLimits Limits { get; }

    /// <summary>What it did since it started.</summary>
    public EndpointCounters Counters { get; } = new();

    /// <summary>The keys that callers need.</summary>
    public EndpointKeys Keys
    {
        get => Volatile.Read(ref _keys);
        set => Volatile.Write(ref _keys, value);
    }

    /// <summary>The deployments as they stand.</summary>
    public ImmutableArray<Deployment> Deployments => Current.All;

    internal DeploymentSet Current => Volatile.Read(ref _deployments);

    internal EndpointGate Gate { get; } = new();

    /// <summary>Replaces the deployments for requests from here on.</summary>
    /// <exception cref="LandfallException"><c>LF4421</c>: they do not fit; those before stay.</exception>
    public void Deploy(ImmutableArray<Deployment> deployments) =>
        Volatile.Write(ref _deployments, DeploymentSet.Of(deployments));

    private static bool IsName(string name) =>
        name.Length is >= 3 and <= 32 && char.IsAsciiLetterLower(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
