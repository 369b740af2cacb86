namespace Landfall.Server.Endpoints;

/// <summary>What a request may ask for. Beyond a limit it is refused with a status of 400 to 499.</summary>
public sealed record EndpointLimits
{
    /// <summary>Bytes of a request's body: 256 KiB by default.</summary>
    public int BodyBytesMax { get; init; } = 256 << 10;

    /// <summary>Levels of nesting of a request's JSON: 8.</summary>
    public const int DepthMax = 8;

    /// <summary>Accounts a request: 100.</summary>
    public const int AccountsMax = 100;

    /// <summary>Services in use, and services left out, a request: 1,000 each.</summary>
    public const int ServicesMax = 1_000;

    /// <summary>Services to return for an account: 100.</summary>
    public const int CountMax = 100;

    /// <summary>Services returned where a request does not say how many: 10.</summary>
    public const int CountDefault = 10;

    /// <summary>Characters of an id of an account, a service or a recommendation: 128.</summary>
    public const int IdLengthMax = 128;

    /// <summary>Feedback events a request: 1,000.</summary>
    public const int FeedbackMax = 1_000;

    /// <summary>Characters of a request id that a caller sends: 100.</summary>
    public const int RequestIdLengthMax = 100;

    /// <summary>Time from the start of a request to its answer: 5 s by default; then 408.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Requests of an endpoint under way at once: 512 by default; then 429.</summary>
    public int ConcurrencyMax { get; init; } = 512;
}
