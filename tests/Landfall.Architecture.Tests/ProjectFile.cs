using System.Xml.Linq;

namespace Landfall.Architecture.Tests;

/// <summary>What a project file says it needs.</summary>
internal sealed record ProjectFile(string Name, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public static ProjectFile Parse(string path, string text)
    {
        XDocument document = XDocument.Parse(text);
        return new(
            Path.GetFileNameWithoutExtension(path),
            [
                .. Values(document, "ProjectReference")
                    .Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/')))
                    .Order(StringComparer.Ordinal),
            ],
            [.. Values(document, "PackageReference").Order(StringComparer.Ordinal)]);
    }

    private static IEnumerable<string> Values(XDocument document, string name) =>
        document.Descendants(name).Select(r => (string)r.Attribute("Include")!);
}
