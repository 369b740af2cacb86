using Landfall.DuckDb.Interop;
using Landfall.Estate;

namespace Landfall.DuckDb.Tests.Interop;

public sealed class LibraryLocatorTests
{
    private const string InNative = "node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so";

    [Fact]
    public void Find_WithNativeFolder_LooksNowhereElse()
    {
        var locator = new LibraryLocator("/given", "/base", "/opt/landfall/bin/", "linux-x64", _ => true);

        Assert.Equal($"/given/{InNative}", locator.Find());
    }

    [Fact]
    public void Find_WithRootFolder_LooksInItsNativeFolder()
    {
        var locator = new LibraryLocator(null, "/base", "/opt/landfall/bin/", "linux-x64", _ => true);

        Assert.Equal($"/base/native/{InNative}", locator.Find());
    }

    [Fact]
    public void Find_WithoutVariables_WalksUpFromTheProgram()
    {
        string there = $"/opt/landfall/native/{InNative}";
        var locator = new LibraryLocator("", null, "/opt/landfall/artifacts/bin/", "linux-x64", path => path == there);

        Assert.Equal(there, locator.Find());
    }

    [Fact]
    public void Find_OnMacOS_WantsADylib()
    {
        var locator = new LibraryLocator("/given", null, "/", "darwin-arm64", _ => true);

        Assert.EndsWith("node-bindings-darwin-arm64/libduckdb.dylib", locator.Find(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/given", null)]
    [InlineData(null, "/root")]
    [InlineData(null, null)]
    public void Find_Missing_NamesPlaceAndCommands(string? native, string? root)
    {
        var locator = new LibraryLocator(native, root, "/opt/landfall/bin/", "linux-x64", _ => false);

        var missing = Assert.Throws<LandfallException>(locator.Find);

        Assert.Equal("LF4101", missing.Code);
        Assert.Contains("linux-x64", missing.Message, StringComparison.Ordinal);
        Assert.Contains(InNative, missing.Message, StringComparison.Ordinal);
        Assert.Contains("./landfall up", missing.Message, StringComparison.Ordinal);
        Assert.Contains("npm ci --prefix native", missing.Message, StringComparison.Ordinal);
    }
}
