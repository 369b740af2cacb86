using Landfall.Recommender.Exposures;

namespace Landfall.Server.Http.Contracts;

/// <summary>What an endpoint did since it started.</summary>
internal sealed record StatusBody
{
    /// <summary>The endpoint.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Its deployments.</summary>
    public required DeploymentBody[] Deployments { get; init; }

    /// <summary>Requests answered with recommendations.</summary>
    public required long Answered { get; init; }

    /// <summary>Accounts and baskets scored in them.</summary>
    public required long Accounts { get; init; }

    /// <summary>Those of them for which popularity stood in.</summary>
    public required long Fallbacks { get; init; }

    /// <summary>Requests refused.</summary>
    public required long Refused { get; init; }

    /// <summary>Requests whose model failed.</summary>
    public required long Failed { get; init; }

    /// <summary>Baskets that the mirror scored.</summary>
    public required long Mirrored { get; init; }

    /// <summary>Baskets on which the mirror's model failed.</summary>
    public required long MirrorFailed { get; init; }

    /// <summary>Baskets not mirrored because the mirror was behind.</summary>
    public required long MirrorSkipped { get; init; }

    /// <summary>The share of served services that the mirror would have served too.</summary>
    public required double? MirrorOverlap { get; init; }

    /// <summary>Recommendations served whose exposures found no room in the log.</summary>
    public required long ExposuresDropped { get; init; }

    /// <summary>How the log of exposures stands.</summary>
    public required ExposureLogStatus ExposureLog { get; init; }
}
