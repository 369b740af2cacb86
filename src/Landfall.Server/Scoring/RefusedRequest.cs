namespace Landfall.Server.Scoring;

/// <summary>A request that is refused: ends its handling and becomes the answer.</summary>
/// <param name="status">The status, 400 to 499.</param>
/// <param name="code">A stable code.</param>
/// <param name="message">What is wrong and what would be right; without what the request held.</param>
internal sealed class RefusedRequest(int status, string code, string message) : Exception(message)
{
    /// <summary>The code of a request that does not have the form it must have.</summary>
    public const string Malformed = "LF4423";

    /// <summary>The code of a request beyond a limit.</summary>
    public const string TooMuch = "LF4424";

    /// <summary>The code of a request for what is not there.</summary>
    public const string NotThere = "LF4425";

    /// <summary>The code of a request without a key.</summary>
    public const string NoKey = "LF4426";

    /// <summary>The code of a request that the model failed on.</summary>
    public const string ModelFailed = "LF4427";

    /// <summary>The code of a request that came while too many were under way.</summary>
    public const string Busy = "LF4428";

    /// <summary>The code of a request that took too long.</summary>
    public const string TooSlow = "LF4429";

    /// <summary>The status.</summary>
    public int Status { get; } = status;

    /// <summary>A stable code.</summary>
    public string Code { get; } = code;

    /// <summary>400: the request does not have the form it must have.</summary>
    public static RefusedRequest Form(string message) => new(400, Malformed, message);

    /// <summary>400: the request asks for more than a limit.</summary>
    public static RefusedRequest Limit(string message) => new(400, TooMuch, message);

    /// <summary>404: there is no such thing.</summary>
    public static RefusedRequest Missing(string message) => new(404, NotThere, message);
}
