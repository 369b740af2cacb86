using Landfall.Estate.Diagnostics;

namespace Landfall.Estate.Tests;

/// <summary>What every row about a mistake asserts.</summary>
internal static class OneMistake
{
    /// <summary>Asserts that a mistake in an estate is its only problem, reported as it should be.</summary>
    /// <param name="folder">The estate.</param>
    /// <param name="after">The text with the mistake; with <c>^^</c> where that must be reported.</param>
    /// <param name="code">Code of the problem.</param>
    /// <param name="message">What its message says.</param>
    /// <param name="hint">What its hint says.</param>
    /// <param name="also">Codes of problems that come with it, with commas.</param>
    public static EstateLoadResult AssertReported(
        EstateFolder folder, string after, string code, string message, string hint, string also)
    {
        EstateLoadResult result = folder.Load();

        Diagnostic found = Assert.Single(result.Diagnostics, d => !also.Split(',').Contains(d.Code));
        Assert.Equal(code, found.Code);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", found.Message, StringComparison.Ordinal);
        Assert.Contains(hint, found.Hint ?? "", StringComparison.Ordinal);
        Assert.Equal(found.Severity == Severity.Error, result.Estate is null);
        if (after.Contains("^^", StringComparison.Ordinal))
        {
            Assert.Equal(folder.Expected.ToString(), found.Location.ToString());
        }

        return result;
    }
}
