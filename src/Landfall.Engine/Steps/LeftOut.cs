namespace Landfall.Engine.Steps;

/// <summary>
/// A part of a source that could not be landed as it is, while the rest was: it waits, and is tried again by every run.
/// </summary>
/// <param name="Name">The part: a file's path below the location.</param>
/// <param name="Code">The diagnostic code.</param>
/// <param name="Problem">What is wrong with it; a phrase.</param>
public sealed record LeftOut(string Name, string Code, string Problem)
{
    /// <summary>As a phrase: <c>in/a.csv.gz (it is truncated)</c>.</summary>
    public override string ToString() => $"{Name} ({Problem})";
}
