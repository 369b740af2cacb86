using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Landfall.Azure.Tests.Generation;

/// <summary>The modules that are written by hand keep to their form.</summary>
public sealed partial class ModuleLibraryTests(BicepFixture bicep)
{
    private const string Types = "types.bicep";

    public static TheoryData<string> Modules { get; } =
        [.. Directory.EnumerateFiles(Folder(), "*.bicep").Select(f => Path.GetFileName(f)).Order()];

    [Theory]
    [MemberData(nameof(Modules))]
    public async Task Module_IsOneService_SmallUnconditionalAndDescribed(string module)
    {
        string path = Path.Combine(Folder(), module);
        string[] lines = await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken);
        string text = string.Join('\n', lines);

        Assert.StartsWith("metadata description = '", text, StringComparison.Ordinal);
        Assert.All(lines, l => Assert.True(l.Length <= 120 || l.StartsWith("metadata", StringComparison.Ordinal), l));
        Assert.DoesNotMatch(ConditionPattern(), text);
        Assert.DoesNotContain("any(", text, StringComparison.Ordinal);
        Assert.DoesNotContain("environment()", text, StringComparison.Ordinal);
        Assert.All(
            DeclarationPattern().Matches(text),
            d => Assert.Contains("@description('", d.Groups[1].Value, StringComparison.Ordinal));
        if (module != Types)
        {
            Assert.InRange(lines.Length, 20, 150);
        }

        Assert.Equal(
            await bicep.WithCompilerAsync(c => c.FormatAsync(path, CancellationToken.None)),
            await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Rules_OfTheLinter_AreErrorsButForThoseWithAReason()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder(), "bicepconfig.json"));
        string[] off = [.. lines.Where(l => l.Contains("\"off\"", StringComparison.Ordinal))];
        Assert.Equal(3, off.Length);
        Assert.All(off, o => Assert.StartsWith(
            "//", lines[Array.IndexOf(lines, o) - 1].TrimStart(), StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.Contains("\"warning\"", StringComparison.Ordinal));
        Assert.True(lines.Count(l => l.Contains("\"error\"", StringComparison.Ordinal)) > 35);
    }

    private static string Folder([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "src", "Landfall.Azure", "modules");

    [GeneratedRegex(@"^(resource|module) .*= if", RegexOptions.Multiline)]
    private static partial Regex ConditionPattern();

    /// <summary>A parameter or output with the decorators before it.</summary>
    [GeneratedRegex(@"((?:^@.*\n)*)^(?:param|output) .*", RegexOptions.Multiline)]
    private static partial Regex DeclarationPattern();
}
