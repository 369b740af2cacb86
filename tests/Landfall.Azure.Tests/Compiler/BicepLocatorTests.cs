using Landfall.Azure.Compiler;
using Landfall.Estate;

namespace Landfall.Azure.Tests.Compiler;

public sealed class BicepLocatorTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_Given_ComesBeforeAllElse()
    {
        _folder.Write("given", "").Write("named", "");

        Assert.Equal(PathOf("given"), Find(PathOf("given"), ("LANDFALL_BICEP", PathOf("named"))));
        Assert.Equal(PathOf("named"), Find(null, ("LANDFALL_BICEP", PathOf("named"))));
    }

    [Fact]
    public void Find_InPackages_TakesTheNewestVersionThatHasACompiler()
    {
        const string package = "azure.bicep.commandline.linux-x64";
        _folder.Write($"{package}/0.9.1/tools/bicep", "").Write($"{package}/0.49.2/tools/bicep", "")
            .Write($"{package}/0.50.0/readme", "").Write($"{package}/odd/tools/bicep", "").Write("bin/bicep", "");

        Assert.Equal(
            PathOf($"{package}/0.49.2/tools/bicep"),
            Find(null, ("NUGET_PACKAGES", _folder.Path), ("PATH", PathOf("bin"))));
    }

    [Fact]
    public void Find_WithoutPackages_TakesThePath()
    {
        _folder.Write("bin/bicep", "");

        Assert.Equal(PathOf("bin/bicep"), Find(null, ("HOME", _folder.Path), ("PATH", "/nowhere:" + PathOf("bin"))));
    }

    [Fact]
    public void Find_NotOnThePath_TakesTheOneOfTheAzureCli()
    {
        _folder.Write(".azure/bin/bicep", "");

        Assert.Equal(PathOf(".azure/bin/bicep"), Find(null, ("HOME", _folder.Path), ("PATH", "/nowhere")));
        _folder.Write("bin/bicep", "");
        Assert.Equal(PathOf("bin/bicep"), Find(null, ("HOME", _folder.Path), ("PATH", PathOf("bin"))));
    }

    [Fact]
    public void Find_Nowhere_Fails()
    {
        LandfallException failure = Assert.Throws<LandfallException>(() => Find(null, ("HOME", _folder.Path)));

        Assert.Equal("LF5150", failure.Code);
    }

    [Fact]
    public void Find_GivenButNotThere_FailsThoughThePathHasOne()
    {
        _folder.Write("bin/bicep", "");

        LandfallException failure =
            Assert.Throws<LandfallException>(() => Find(PathOf("gone"), ("PATH", PathOf("bin"))));

        Assert.Equal("LF5150", failure.Code);
        Assert.Contains("gone", failure.Message, StringComparison.Ordinal);
    }

    private static string Find(string? given, params (string Name, string Value)[] variables) => BicepLocator.Find(
        given, name => variables.Where(v => v.Name == name).Select(v => v.Value).FirstOrDefault());

    private string PathOf(string name) => Path.Combine(_folder.Path, name);
}
