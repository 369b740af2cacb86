using Landfall.DuckDb.Interop;
using Landfall.Estate;

namespace Landfall.DuckDb.Tests.Interop;

public sealed class LibraryLocatorTests
{
    private static readonly string[] Folders = ["/bin/runtimes/linux-x64/native/", "/usr/lib/dotnet/", "/bin/"];

    [Fact]
    public void Find_InSeveralFolders_TakesTheFirst()
    {
        LibraryLocator locator = new(
            Folders, "linux-x64", path => !path.Contains("runtimes", StringComparison.Ordinal));

        Assert.Equal("/usr/lib/dotnet/libduckdb.so", locator.Find());
    }

    [Theory]
    [InlineData("linux-arm64", "libduckdb.so")]
    [InlineData("osx-arm64", "libduckdb.dylib")]
    public void Find_OnEveryPlatform_WantsItsName(string platform, string name) =>
        Assert.Equal(Folders[0] + name, new LibraryLocator(Folders, platform, _ => true).Find());

    [Fact]
    public void Find_Here_IsWhereBuildsPutIt() =>
        Assert.StartsWith(AppContext.BaseDirectory, LibraryLocator.FromRuntime().Find(), StringComparison.Ordinal);

    [Fact]
    public void Find_Missing_NamesPlacesAndCommand()
    {
        LibraryLocator locator = new(Folders, "linux-x64", _ => false);

        LandfallException missing = Assert.Throws<LandfallException>(locator.Find);

        Assert.Equal("LF4101", missing.Code);
        Assert.Contains("linux-x64", missing.Message, StringComparison.Ordinal);
        Assert.All(Folders, f => Assert.Contains(f, missing.Message, StringComparison.Ordinal));
        Assert.Contains("./landfall up", missing.Message, StringComparison.Ordinal);
    }
}
