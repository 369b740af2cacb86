using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Landfall.Estate.Diagnostics;

namespace Landfall.Estate.Tests;

public sealed partial class DiagnosticCatalogueTests
{
    [Fact]
    public void EveryCodeInTheSources_IsInTheCatalogue() => Assert.Empty(Uncatalogued(SourceTexts()));

    [Fact]
    public void EveryCodeInTheSources_NegativeControl_FindsOneThatIsNotThere() =>
        Assert.Equal(["LF9999 (x.cs)"], Uncatalogued([("x.cs", "throw new(\"LF9999\", \"…\"); f(\"LF1001\")")]));

    [Fact]
    public void EveryCodeOfTheCatalogue_IsUsed()
    {
        var used = SourceTexts().SelectMany(f => CodesIn(f.Text)).ToHashSet();

        Assert.Empty(DiagnosticCatalogue.Titles.Keys.Except(used).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Titles_AreOfOneCodeEach() =>
        Assert.Equal(DiagnosticCatalogue.Titles.Count, DiagnosticCatalogue.Titles.Values.Distinct().Count());

    [Fact]
    public void Documentation_HasASectionForEachCodeInOrder()
    {
        string text = File.ReadAllText(Path.Combine(Repository(), "docs", "diagnostics.md"));
        string[] headings = [.. HeadingPattern().Matches(text).Select(m => m.Value)];

        Assert.Equal(
            DiagnosticCatalogue.Titles.OrderBy(t => t.Key, StringComparer.Ordinal)
                .Select(t => $"### {t.Key}: {t.Value}"),
            headings);
        Assert.Equal(headings.Length, Regex.Count(text, @"^Example: \S", RegexOptions.Multiline));
        Assert.Equal(headings.Length, Regex.Count(text, @"^Fix: \S", RegexOptions.Multiline));
    }

    private static string[] Uncatalogued(IEnumerable<(string File, string Text)> files) =>
    [
        .. files.SelectMany(f => CodesIn(f.Text).Select(c => (Code: c, f.File)))
            .Where(c => !DiagnosticCatalogue.Titles.ContainsKey(c.Code))
            .Select(c => $"{c.Code} ({c.File})").Distinct().Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> CodesIn(string text) => CodePattern().Matches(text)
        .Select(m => m.Groups[1].Value);

    private static IEnumerable<(string File, string Text)> SourceTexts() =>
        Directory.EnumerateFiles(Path.Combine(Repository(), "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f) != "DiagnosticCatalogue.cs")
            .Select(f => (Path.GetFileName(f), File.ReadAllText(f)));

    private static string Repository([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));

    [GeneratedRegex(@"""(LF\d{4})""")]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"^### LF\d{4}: .*$", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();
}
