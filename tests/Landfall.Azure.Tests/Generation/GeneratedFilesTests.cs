using System.Text.RegularExpressions;
using Landfall.Azure.Checking;
using Landfall.Azure.Generation;
using Landfall.Estate;

namespace Landfall.Azure.Tests.Generation;

/// <summary>The texts that are written.</summary>
public sealed partial class GeneratedFilesTests(BicepFixture bicep)
{
    private static readonly string[] _environments = ["dev", "test", "prod"];

    [Fact]
    public async Task Relecloud_InEveryEnvironment_ChecksWithoutAnyFinding()
    {
        using GeneratedEstate generated = GeneratedEstate.Relecloud(_environments);

        CheckResult result = await bicep.CheckAsync(generated.Path);

        Assert.Empty(result.Findings);
        Assert.Equal(30, result.Deployments.Length);
    }

    [Fact]
    public void Files_OfTheSameEstate_AreTheSameBytes()
    {
        using EstateCopy estate = new();
        using EstateCopy other = new();
        Assert.Equal(estate.Generate().Files, other.Generate(now: EstateCopy.Now.AddDays(40)).Files);
    }

    [Fact]
    public void MainFiles_OfAllEnvironments_AreTheSame()
    {
        using EstateCopy estate = new();
        Dictionary<string, string>[] mains =
        [
            .. _environments.Select(e => estate.Generate(e).Files
                .Where(f => !f.Key.Contains($".{e}.", StringComparison.Ordinal)).ToDictionary()),
        ];
        Assert.All(mains, m => Assert.Equal(mains[0], m));
        Assert.Contains("operations/main.bicep", mains[0].Keys);
    }

    [Fact]
    public void MainFiles_AreBlocksOfModules_WithoutConditions()
    {
        using EstateCopy estate = new();
        foreach ((string file, string text) in estate.Generate().Files.Where(f => f.Key.EndsWith("main.bicep")))
        {
            Assert.DoesNotMatch(ConditionPattern(), text);
            Assert.DoesNotContain("any(", text, StringComparison.Ordinal);
            Assert.DoesNotContain("environment()", text, StringComparison.Ordinal);
            Assert.DoesNotContain("westeurope", text, StringComparison.Ordinal);
            Assert.DoesNotMatch(SubscriptionPattern(), text);
        }
    }

    [Fact]
    public void Modules_AreExactlyThoseThatAreUsed()
    {
        using EstateCopy estate = new();
        GeneratedFiles files = estate.Generate();
        string all = string.Concat(files.Files.Values);
        string[] modules =
            [.. files.Files.Keys.Where(f => f.StartsWith("modules/", StringComparison.Ordinal)).Select(f => f[8..])];
        Assert.All(modules, m => Assert.Matches($"'(\\.\\./modules/)?{Regex.Escape(m)}'", all));
        Assert.DoesNotContain("container-job.bicep", modules);
        Assert.Contains("synapse-workspace.bicep", modules);
    }

    [Fact]
    public async Task Format_OfEveryFile_ChangesNothing()
    {
        using GeneratedEstate generated = GeneratedEstate.Relecloud(_environments);
        foreach (string file in Directory.EnumerateFiles(generated.Path, "*.bicep*", SearchOption.AllDirectories))
        {
            string formatted = await bicep.WithCompilerAsync(c => c.FormatAsync(file, CancellationToken.None));
            Assert.True(formatted == await File.ReadAllTextAsync(file), file);
        }
    }

    [Fact]
    public void Write_ASecondTime_ChangesNoFile_AndTakesOutWhatIsGone()
    {
        using EstateCopy estate = new();
        using TestFolder folder = new();
        Assert.True(GeneratedFolder.Write(folder.Path, estate.Generate()) > 0);
        Assert.Equal(0, GeneratedFolder.Write(folder.Path, estate.Generate()));
        _ = folder.Write("own/main.bicep", "// mine").Write("modules/own.bicep", "// mine");
        _ = estate.Change(
            "operations/integrations/cloud-accounts/integration.yaml", "azure: { service: dataFactory }\n", "");
        Assert.True(GeneratedFolder.Write(folder.Path, estate.Generate()) > 0);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "operations.cloud-accounts")));
        Assert.False(File.Exists(Path.Combine(folder.Path, "modules", "data-factory.bicep")));
        Assert.True(File.Exists(Path.Combine(folder.Path, "own", "main.bicep")));
        Assert.True(File.Exists(Path.Combine(folder.Path, "modules", "own.bicep")));
    }

    [Fact]
    public void Write_ToAFolderOfSomethingElse_IsRefusedAndTouchesNothing()
    {
        using EstateCopy estate = new();
        using TestFolder folder = new TestFolder().Write("precious/main.bicep", "// mine");
        LandfallException refused = Assert.Throws<LandfallException>(
            () => GeneratedFolder.Write(folder.Path, estate.Generate()));
        Assert.Equal(AzureCodes.ForeignFolder, refused.Code);
        Assert.Equal(
            ["main.bicep"],
            Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)));
    }

    [Fact]
    public void Environment_ThatTheEstateDoesNotHave_IsRefused()
    {
        using EstateCopy estate = new EstateCopy().Remove("azure/test.yaml");
        LandfallException refused = Assert.Throws<LandfallException>(() => estate.Generate("test"));
        Assert.Equal(AzureCodes.UnknownEnvironment, refused.Code);
    }

    [Theory]
    [InlineData("10.1.0.0/23")]
    [InlineData("fd00::/16")]
    public void Range_ThatAzureCannotHave_IsRefused(string range)
    {
        using EstateCopy estate = new EstateCopy().Change("operations/zone.yaml", "10.1.0.0/16", range);
        LandfallException refused = Assert.Throws<LandfallException>(() => estate.Generate());
        Assert.Equal(AzureCodes.UnsuitableRange, refused.Code);
    }

    [GeneratedRegex(@"^(module|resource) .*= if|^\s*if \(", RegexOptions.Multiline)]
    private static partial Regex ConditionPattern();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/")]
    private static partial Regex SubscriptionPattern();
}
