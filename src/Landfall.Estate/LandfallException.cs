namespace Landfall.Estate;

/// <summary>
/// A promise that could not be kept, with a stable diagnostic code (<c>LF1xxx</c> manifest, <c>LF2xxx</c> SQL,
/// <c>LF3xxx</c> policy and access, <c>LF4xxx</c> run, <c>LF5xxx</c> deployment).
/// </summary>
/// <remarks>
/// The message says what is wrong, what state the data is in and what to do next. It never holds secrets or row values.
/// Outcomes a caller must decide on (commit, parse, plan) are values, not exceptions.
/// </remarks>
public class LandfallException : Exception
{
    /// <summary>Makes an exception with a code of the catalogue in <c>docs/diagnostics.md</c>.</summary>
    public LandfallException(string code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>The diagnostic code, for example <c>LF4001</c>.</summary>
    public string Code { get; }

    /// <summary>
    /// What may be told to whoever may not see the data: this exception, or one without the values that its own
    /// message may quote.
    /// </summary>
    public virtual LandfallException Reportable() => this;
}
