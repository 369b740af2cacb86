using System.Runtime.CompilerServices;

namespace Landfall.Estate.Tests;

public sealed class ShippedEstatesTests
{
    [Theory]
    [InlineData("relecloud", 2)]
    [InlineData("focus", 1)]
    public void Load_ShippedEstate_HasNoProblem(string name, int zones)
    {
        EstateLoadResult result = EstateLoader.Load(Path.Combine(RepositoryFolder(), "estates", name));

        Assert.Equal("", string.Join('\n', result.Diagnostics));
        Assert.NotNull(result.Estate);
        Assert.Equal(zones, result.Estate.Zones.Length);
    }

    private static string RepositoryFolder([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
