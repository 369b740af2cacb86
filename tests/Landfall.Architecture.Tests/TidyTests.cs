namespace Landfall.Architecture.Tests;

/// <summary>Style as a test. A rule that must be broken says so in <see cref="Exempt"/> with its reason.</summary>
public sealed class TidyTests
{
    /// <summary>Lock files grow with what they pin; a licence is as long as it is.</summary>
    private static bool Exempt(SourceFile file) => file.Path.EndsWith("packages.lock.json", StringComparison.Ordinal);

    private static IEnumerable<SourceFile> Product =>
        RepositoryFiles.CSharp.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal));

    /// <summary>The controls of the rules hold what the rules look for.</summary>
    private static IEnumerable<SourceFile> OwnText => RepositoryFiles.All
        .Where(f => f.Text is not null)
        .Where(f => !f.Path.StartsWith("tests/Landfall.Architecture.Tests/Tidy", StringComparison.Ordinal));

    [Fact]
    public void Repository_Enumerated_HoldsWhatARootNeeds()
    {
        HashSet<string> paths = [.. RepositoryFiles.All.Select(f => f.Path)];

        Assert.Superset(
            new HashSet<string>
            {
                "landfall", "test", ".ci/run", "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md",
                "src/Landfall.Estate/EstateDefinition.cs",
            },
            paths);
    }

    [Fact]
    public void Files_Lines_AreAtMost500() => AssertNone(RepositoryFiles.CSharp.SelectMany(TidyRules.LongFile));

    [Fact]
    public void Lines_Length_IsAtMost120() => AssertNone(RepositoryFiles.CSharp.SelectMany(TidyRules.LongLine));

    [Fact]
    public void Methods_Lines_AreAtMost70() => AssertNone(RepositoryFiles.CSharp.SelectMany(TidyRules.LongMethod));

    [Fact]
    public void Files_PublicTypes_AreAtMostOne() => AssertNone(Product.SelectMany(TidyRules.SeveralPublicTypes));

    [Fact]
    public void Files_Name_IsThatOfTheirType() =>
        AssertNone(RepositoryFiles.CSharp.SelectMany(TidyRules.NotNamedAfterType));

    [Fact]
    public void Namespaces_Name_IsTheFolder() =>
        AssertNone(RepositoryFiles.CSharp.SelectMany(TidyRules.NamespaceIsNotFolder));

    [Fact]
    public void Classes_WithoutHeirs_AreSealed() => AssertNone(TidyRules.Unsealed([.. Product]));

    [Fact]
    public void Todos_Everywhere_NameAnIssue() => AssertNone(OwnText.SelectMany(TidyRules.TodoWithoutReference));

    [Fact]
    public void Texts_Everywhere_NameNoMachinesPath() => AssertNone(OwnText.SelectMany(TidyRules.MachinePath));

    /// <summary>A class that was renamed would come back into the quick tests unseen.</summary>
    [Fact]
    public void SlowTests_Listed_AreClassesOfTests()
    {
        HashSet<string> classes =
        [
            .. RepositoryFiles.CSharp.Where(f => f.Path.StartsWith("tests/", StringComparison.Ordinal))
                .Select(f => Path.GetFileNameWithoutExtension(f.Path)),
        ];
        IEnumerable<string> listed = RepositoryFiles.Text("eng/slow-tests.txt").Split('\n')
            .Where(l => l.Length > 0 && l[0] != '#');

        Assert.All(listed, name => Assert.Contains(name, classes));
    }

    /// <summary>Elsewhere a bound on memory, the number of threads or UTC would be forgotten.</summary>
    [Fact]
    public void Databases_OfDuckDb_AreOpenedInOnePlace() => Assert.Equal(
        ["src/Landfall.Engine.DuckDb/Databases.cs"],
        Product.Where(f => !f.Path.StartsWith("src/Landfall.DuckDb/", StringComparison.Ordinal))
            .Where(f => f.Text!.Contains("DuckDbDatabase.Open(", StringComparison.Ordinal)).Select(f => f.Path));

    [Fact]
    public void Files_Size_IsAtMost200KiB() =>
        AssertNone(RepositoryFiles.All.Where(f => !Exempt(f)).SelectMany(TidyRules.Oversized));

    [Fact]
    public void Pages_Links_LeadToFiles() => AssertNone(RepositoryFiles.All
        .Where(f => f.Path.EndsWith(".md", StringComparison.Ordinal))
        .SelectMany(p => TidyRules.BrokenLink(p, l => Path.Exists(Path.Combine(RepositoryFiles.Root, l)))));

    private static void AssertNone(IEnumerable<string> violations) =>
        Assert.True(!violations.Any(), string.Join('\n', violations.Prepend("")));
}
