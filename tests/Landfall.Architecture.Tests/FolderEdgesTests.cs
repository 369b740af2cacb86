using System.Text.RegularExpressions;

namespace Landfall.Architecture.Tests;

/// <summary>
/// Folders inside a project form no circle: what a folder needs of another one stands in its usings. What lies at a
/// project's root, its vocabulary and its front door, is left out.
/// </summary>
public sealed partial class FolderEdgesTests
{
    public static TheoryData<string> Projects =>
        [.. RepositoryFiles.All.Select(f => f.Path).Where(p => p.StartsWith("src/", StringComparison.Ordinal))
            .Select(p => p.Split('/')[1]).Distinct()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_OfAProject_FormNoCircle(string project) => Assert.Equal(
        "",
        CircleOf(project, RepositoryFiles.All.Where(f => f.Text is not null).Select(f => (f.Path, f.Text!))));

    [Fact]
    public void Circle_OfThreeFolders_IsNamed() => Assert.Equal(
        "A > B > C > A",
        CircleOf("P", [
            ("src/P/A/X.cs", "using P.B;"), ("src/P/B/Deep/Y.cs", "using P.C.Deeper;"), ("src/P/C/Z.cs", "using P.A;"),
            ("src/P/Root.cs", "using P.A;"), ("src/Q/A/X.cs", "using P.C;"),
        ]));

    [Fact]
    public void Circle_OfFoldersThatFollowEachOther_IsNone() => Assert.Equal(
        "", CircleOf("P", [("src/P/A/X.cs", "using P.B;\nusing P.C;\nusing P.A;"), ("src/P/B/Y.cs", "using P.C;")]));

    private static string CircleOf(string project, IEnumerable<(string Path, string Text)> files)
    {
        Dictionary<string, SortedSet<string>> edges = new(StringComparer.Ordinal);
        foreach ((string path, string text) in files)
        {
            string[] parts = path.Split('/');
            if (parts.Length > 3 && parts[0] == "src" && parts[1] == project)
            {
                SortedSet<string> needs = edges.TryGetValue(parts[2], out SortedSet<string>? known) ? known
                    : edges[parts[2]] = new(StringComparer.Ordinal);
                needs.UnionWith(Using().Matches(text).Select(m => m.Groups[1].Value)
                    .Where(n => n.StartsWith(project + ".", StringComparison.Ordinal))
                    .Select(n => n[(project.Length + 1)..].Split('.')[0]).Where(n => n != parts[2]));
            }
        }

        HashSet<string> done = [];
        return edges.Keys.Order(StringComparer.Ordinal)
            .Select(f => Walk(f, [], edges, done)).FirstOrDefault(c => c.Length > 0, "");
    }

    private static string Walk(
        string folder, List<string> way, Dictionary<string, SortedSet<string>> edges, HashSet<string> done)
    {
        int before = way.IndexOf(folder);
        if (before >= 0)
        {
            return string.Join(" > ", way.Skip(before).Append(folder));
        }

        if (!edges.TryGetValue(folder, out SortedSet<string>? needs) || !done.Add(folder))
        {
            return "";
        }

        way.Add(folder);
        string found = needs.Select(n => Walk(n, way, edges, done)).FirstOrDefault(c => c.Length > 0, "");
        way.Remove(folder);
        return found;
    }

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?([\w.]+);", RegexOptions.Multiline, 1000)]
    private static partial Regex Using();
}
