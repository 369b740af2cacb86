using System.Collections.Immutable;

namespace Landfall.Recommender.Definitions;

/// <summary>How applications reach a model over HTTP.</summary>
public sealed record EndpointDefinition
{
    /// <summary>Its name in addresses; 3 to 32 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The models behind it; their traffic adds up to 100.</summary>
    public required ImmutableArray<EndpointDeployment> Deployments { get; init; }

    /// <summary>Seconds that a request may take.</summary>
    public required int TimeoutSeconds { get; init; }

    /// <summary>Requests answered at once; as many again wait, and more are refused.</summary>
    public required int ConcurrentRequests { get; init; }

    /// <summary>Share of customers that get no recommendations, 0.05 to 0.1, or 0 for none.</summary>
    public required double HoldoutShare { get; init; }

    /// <summary>What draws them; another text draws others.</summary>
    public required string HoldoutSalt { get; init; }
}
