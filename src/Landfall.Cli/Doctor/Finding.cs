namespace Landfall.Cli.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Check">What.</param>
/// <param name="Verdict">What it means.</param>
/// <param name="Found">What was found.</param>
/// <param name="Advice">What to do; empty where it is as it should be.</param>
internal sealed record Finding(string Check, Verdict Verdict, string Found, string Advice = "");
