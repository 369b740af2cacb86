using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Landfall.Estate.Tests;

/// <summary>The examples of <c>docs/manifests.md</c> are one estate that loads.</summary>
public sealed partial class DocumentedEstateTests
{
    [Fact]
    public void Load_ExamplesOfTheDocumentation_HasNoProblem()
    {
        string folder = Directory.CreateTempSubdirectory("landfall-docs-").FullName;
        try
        {
            MatchCollection examples = ExamplePattern().Matches(File.ReadAllText(Documentation()));
            foreach (Match example in examples)
            {
                string path = Path.Combine(folder, example.Groups[1].Value);
                _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, example.Groups[2].Value);
            }

            EstateLoadResult result = EstateLoader.Load(folder, TestKinds.All);

            Assert.Equal("", string.Join('\n', result.Diagnostics));
            Assert.Equal(["finance", "sales"], result.Estate!.Zones.Select(z => z.Id));
            Assert.Equal(13, examples.Count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Documentation([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "docs", "manifests.md");

    [GeneratedRegex(@"<!-- file: (\S+) -->\n```(?:yaml|sql)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ExamplePattern();
}
