namespace Landfall.Sources.Files;

/// <summary>A source file cannot be landed as it is. The message is a phrase without file name and full stop.</summary>
/// <param name="code">The diagnostic code.</param>
/// <param name="problem">What is wrong.</param>
/// <param name="cause">What the system said; null where it said nothing.</param>
internal sealed class BadFileException(string code, string problem, Exception? cause = null)
    : Exception(problem, cause)
{
    /// <summary>The diagnostic code.</summary>
    public string Code { get; } = code;
}
