namespace Landfall.Server.Http.Contracts;

/// <summary>The body of a request for recommendations, as it came.</summary>
internal sealed record ScoreRequest
{
    /// <summary>
    /// One account. With <see cref="Services"/> these count instead of those the account is known to use.
    /// </summary>
    public string? AccountId { get; init; }

    /// <summary>Several accounts.</summary>
    public string?[]? AccountIds { get; init; }

    /// <summary>Services in use.</summary>
    public string?[]? Services { get; init; }

    /// <summary>How many to return for each account.</summary>
    public int? K { get; init; }

    /// <summary>Services never to return.</summary>
    public string?[]? Exclude { get; init; }
}
