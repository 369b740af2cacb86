namespace Landfall.Architecture.Tests;

/// <summary>How the repository speaks, as a test.</summary>
public sealed class ProseTests
{
    /// <summary>Decisions and changes speak of what was; a migration has to name it.</summary>
    private static readonly string[] Historical =
    [
        "docs/adr/", "CHANGELOG.md", "docs/diagnostics.md", "tests/Landfall.Architecture.Tests/Prose",
        "tests/Landfall.Cli.Tests/Estates/OldHomeTests.cs", "src/Landfall.Recommender/Definitions/ModelColumns.cs",
    ];

    [Fact]
    public void Words_ThatAreGone_DoNotComeBack() => AssertNone(RepositoryFiles.All
        .Where(f => f.Text is not null && !f.Path.EndsWith("packages.lock.json", StringComparison.Ordinal))
        .Where(f => !Historical.Any(h => f.Path.StartsWith(h, StringComparison.Ordinal)))
        .SelectMany(ProseRules.GoneWord));

    [Fact]
    public void Models_AreTheRecommenders_AndNoQueries() => AssertNone(RepositoryFiles.CSharp
        .Where(f => f.Path.StartsWith("src/Landfall.Sql/", StringComparison.Ordinal))
        .SelectMany(f => f.Lines.Select((line, i) => (Line: line, At: $"{f.Path}:{i + 1}: {line.Trim()}")))
        .Where(l => l.Line.Contains("model", StringComparison.OrdinalIgnoreCase))
        .Where(l => !l.Line.Contains("\"model\\0\"", StringComparison.Ordinal))
        .Select(l => l.At));

    [Fact]
    public void Comments_Lines_AreFilled() => AssertNone(RepositoryFiles.CSharp.SelectMany(ProseRules.BrokenComment));

    [Fact]
    public void Messages_Lines_AreFilled() => AssertNone(RepositoryFiles.CSharp
        .Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal)).SelectMany(ProseRules.BrokenMessage));

    private static void AssertNone(IEnumerable<string> violations) =>
        Assert.True(!violations.Any(), string.Join('\n', violations.Prepend("")));
}
