namespace Landfall.Architecture.Tests;

public sealed class DocumentedNamesTests
{
    /// <summary>Decision records and the change log tell of what was.</summary>
    private static IEnumerable<SourceFile> Pages => RepositoryFiles.All
        .Where(f => f.Path.EndsWith(".md", StringComparison.Ordinal) && f.Path != "CHANGELOG.md")
        .Where(f => !f.Path.StartsWith(DecisionRecords.Folder, StringComparison.Ordinal));

    [Fact]
    public void Pages_PathsAndClassesOfTests_Exist()
    {
        HashSet<string> paths = [.. RepositoryFiles.All.SelectMany(f => Upwards(f.Path))];
        HashSet<string> classes = [.. RepositoryFiles.CSharp.Select(f => Path.GetFileNameWithoutExtension(f.Path))];

        Assert.Equal("", string.Join('\n', Pages.SelectMany(p => DocumentedNames.Missing(p, paths, classes))));
    }

    [Theory]
    [InlineData("`tests/A/ATests.cs` and `src/A/`, by `ATests`", "")]
    [InlineData("`tests/A/BTests.cs`", "p.md: tests/A/BTests.cs")]
    [InlineData("`src/B`", "p.md: src/B")]
    [InlineData("see `BTests` for", "p.md: BTests")]
    [InlineData("`./test --filter BTests`, tests/B and BTests", "")]
    public void Missing_OfAPage_AreNamesInCodeMarksThatNothingHas(string text, string missing) => Assert.Equal(
        missing,
        string.Join('\n', DocumentedNames.Missing(
            SourceFile.Of("p.md", text), new HashSet<string> { "src/A", "tests/A/ATests.cs" },
            new HashSet<string> { "ATests" })));

    private static IEnumerable<string> Upwards(string path)
    {
        for (string? at = path; !string.IsNullOrEmpty(at); at = Path.GetDirectoryName(at))
        {
            yield return at;
        }
    }
}
