namespace Landfall.Estate.Diagnostics;

/// <summary>One problem found in the estate: where, what is wrong, and what would be right.</summary>
/// <param name="Code">Stable code of the catalogue, for example <c>LF1004</c>.</param>
/// <param name="Severity">Error or warning.</param>
/// <param name="Location">The place.</param>
/// <param name="Message">What is wrong, one sentence with a full stop.</param>
/// <param name="Hint">What would be right or the next command; null where there is nothing to add.</param>
public sealed record Diagnostic(
    string Code, Severity Severity, SourceLocation Location, string Message, string? Hint = null)
{
    /// <summary>One line as compilers print it; the hint follows the message.</summary>
    public override string ToString() =>
        $"{Location}: {(Severity == Severity.Error ? "error" : "warning")} {Code}: {Message}"
        + (Hint is null ? "" : " " + Hint);
}
