using Landfall.Estate;

namespace Landfall.DuckDb.Tests;

public sealed class DuckDbLibraryTests
{
    [Fact]
    public void Version_OfTheLoadedLibrary_IsThePinnedOne() =>
        Assert.Equal(DuckDbLibrary.ExpectedVersion, DuckDbLibrary.Version);

    [Fact]
    public void CheckVersion_OfAnother_IsRefusedWithBoth()
    {
        var refused = Assert.Throws<LandfallException>(() => DuckDbLibrary.CheckVersion("v2.0.0", "/x/libduckdb.so"));

        Assert.Equal("LF4102", refused.Code);
        Assert.Contains("v2.0.0", refused.Message, StringComparison.Ordinal);
        Assert.Contains(DuckDbLibrary.ExpectedVersion, refused.Message, StringComparison.Ordinal);
        Assert.Contains("/x/libduckdb.so", refused.Message, StringComparison.Ordinal);
    }
}
