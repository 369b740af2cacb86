using System.Text.RegularExpressions;

namespace Landfall.Architecture.Tests;

/// <summary>What pages name in code marks: paths of the repository and classes of tests.</summary>
internal static partial class DocumentedNames
{
    /// <summary>Names of a page that nothing has, as <c>page: name</c>.</summary>
    /// <param name="page">The page.</param>
    /// <param name="paths">Paths of files and folders that exist.</param>
    /// <param name="classes">Names of classes that exist.</param>
    public static IEnumerable<string> Missing(
        SourceFile page, IReadOnlySet<string> paths, IReadOnlySet<string> classes) =>
        Path().Matches(page.Text!).Select(m => m.Groups[1].Value.TrimEnd('/')).Where(p => !paths.Contains(p))
            .Concat(TestClass().Matches(page.Text!).Select(m => m.Groups[1].Value).Where(c => !classes.Contains(c)))
            .Select(name => $"{page.Path}: {name}");

    [GeneratedRegex("`((?:src|tests|bench|eng|docs|estates)/[A-Za-z0-9_./-]+)`")]
    private static partial Regex Path();

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*Tests)`")]
    private static partial Regex TestClass();
}
