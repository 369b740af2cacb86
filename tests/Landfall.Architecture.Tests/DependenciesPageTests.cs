using System.Text.Json;
using System.Xml.Linq;

namespace Landfall.Architecture.Tests;

/// <summary>The page of dependencies lists exactly what the build files pin.</summary>
public sealed class DependenciesPageTests
{
    [Fact]
    public void Page_Versions_AreThoseOfTheBuild() =>
        Assert.Equal(Pinned().Order(StringComparer.Ordinal), Listed(RepositoryFiles.Text("docs/dependencies.md")));

    [Fact]
    public void Listed_RowOfSeveralPackages_NamesEach() => Assert.Equal(
        ["@x/a 1.0", "@x/b 1.0", "C 2.0"],
        Listed("| library | version |\n|---|---|\n| @x/a, b | 1.0 | why |\n| C | 2.0 | why |\n"));

    private static IEnumerable<string> Pinned()
    {
        XDocument packages = XDocument.Parse(RepositoryFiles.Text("Directory.Packages.props"));
        IEnumerable<string> nuget = packages.Descendants()
            .Where(e => e.Name.LocalName is "PackageVersion" or "GlobalPackageReference")
            .Select(e => $"{(string)e.Attribute("Include")!} {(string)e.Attribute("Version")!}");
        using JsonDocument native = JsonDocument.Parse(RepositoryFiles.Text("native/package.json"));
        IEnumerable<string> npm = new[] { "dependencies", "optionalDependencies" }
            .Where(k => native.RootElement.TryGetProperty(k, out _))
            .SelectMany(k => native.RootElement.GetProperty(k).EnumerateObject())
            .Select(p => $"{p.Name} {p.Value.GetString()}");
        return [.. nuget.Concat(npm).Concat(Downloaded())];
    }

    /// <summary>Packages that are no libraries stand where they are needed, with one version in brackets.</summary>
    private static IEnumerable<string> Downloaded() => RepositoryFiles.All
        .Where(f => f.Path.EndsWith(".csproj", StringComparison.Ordinal))
        .SelectMany(f => XDocument.Parse(f.Text!).Descendants("PackageDownload"))
        .Select(e => $"{(string)e.Attribute("Include")!} {((string)e.Attribute("Version")!).Trim('[', ']')}")
        .Distinct();

    /// <summary>A row may name several packages of one scope: the scope and common start stand once.</summary>
    private static IEnumerable<string> Listed(string page) => page.Split('\n')
        .Where(l => l.StartsWith("| ", StringComparison.Ordinal))
        .Where(l => !l.StartsWith("| library ", StringComparison.Ordinal))
        .Select(l => l.Split('|', StringSplitOptions.TrimEntries))
        .SelectMany(cells => Names(cells[1]).Select(n => $"{n} {cells[2]}"))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Names(string cell)
    {
        string[] names = cell.Split(", ");
        string scope = names[0][..(names[0].LastIndexOf('/') + 1)];
        return names.Select(n => n.StartsWith(scope, StringComparison.Ordinal) ? n : scope + n);
    }
}
