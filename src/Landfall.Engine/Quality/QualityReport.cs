using System.Globalization;
using Landfall.Engine.Engines;
using Landfall.Estate.Diagnostics;

namespace Landfall.Engine.Quality;

/// <summary>Puts what quality rules found into words.</summary>
public static class QualityReport
{
    /// <summary>One line about the rules that block the commit; null where none does.</summary>
    public static string? Blocking(IEnumerable<QualityResult> results)
    {
        string[] broken = [.. results.Where(r => !r.Passed && r.Severity == Severity.Error).Select(Describe)];
        return broken.Length == 0 ? null : string.Join("; ", broken);
    }

    /// <summary>The rules that do not hold but only warn, a line each.</summary>
    public static IEnumerable<string> Warnings(IEnumerable<QualityResult> results) =>
        results.Where(r => !r.Passed && r.Severity == Severity.Warning).Select(Describe);

    private static string Describe(QualityResult result)
    {
        string found = result.Problem.Length > 0 ? result.Problem
            : string.Create(CultureInfo.InvariantCulture, $"is {result.Value}");
        return $"{result.Rule} {found} and must be {result.Expected}";
    }
}
