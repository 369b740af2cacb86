namespace Landfall.Cli.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Check">What.</param>
/// <param name="State">What it means.</param>
/// <param name="Found">What was found.</param>
/// <param name="Advice">What to do; empty where it is as it should be.</param>
internal sealed record Finding(string Check, CheckState State, string Found, string Advice = "");
