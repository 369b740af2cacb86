namespace Landfall.Sources.Postgres;

/// <summary>
/// A relation cannot be landed as it is, which keeps no other from landing. The message is a phrase without the
/// relation's name and full stop, and holds no value of a row.
/// </summary>
/// <param name="code">The diagnostic code.</param>
/// <param name="problem">What is wrong.</param>
/// <param name="cause">What the server said; null where it said nothing.</param>
internal sealed class BadRelationException(string code, string problem, Exception? cause = null)
    : Exception(problem, cause)
{
    /// <summary>The diagnostic code.</summary>
    public string Code { get; } = code;
}
