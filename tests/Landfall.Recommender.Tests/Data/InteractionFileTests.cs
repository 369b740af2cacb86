using Landfall.Estate;
using Landfall.Recommender.Data;
using Landfall.Testing.Delta;

namespace Landfall.Recommender.Tests.Data;

public sealed class InteractionFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Vocabulary _accounts = new();
    private readonly Vocabulary _services = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a\tx\t5\t100\nb\ty\t1\t200\n")]
    [InlineData("user,item,rating,timestamp\na,x,5,100\n\nb, y, 1, 200")]
    public void Read_TabsOrCommas_GivesInteractions(string text) =>
        Assert.Equal([new Interaction(0, 0, 5, 100), new Interaction(1, 1, 1, 200)], Read(text));

    [Fact]
    public void Read_TwoFields_CountOnce() => Assert.Equal([new Interaction(0, 0, 1, 0)], Read("7,9"));

    [Theory]
    [InlineData("a\tx\t1\na\n", "line 2: it has 1 fields")]
    [InlineData("a\tx\t1\nb\ty\tmany", "line 2: an amount or time is no finite number")]
    [InlineData("a\tx\t1\nb\ty\tNaN", "line 2: an amount or time is no finite number")]
    [InlineData("a\tx\t-1\n", "line 1: the amount is negative")]
    [InlineData("a\tx\tmany\t100\n", "line 1: an amount or time is no finite number")]
    [InlineData("a\tx\t1\t1700000000000\n", "line 1: the time is not in seconds since 1970")]
    [InlineData("a\t\t1\n", "line 1: the account or service is empty")]
    public void Read_BadLine_IsNamed(string text, string expected)
    {
        LandfallException error = Assert.Throws<LandfallException>(() => Read(text));

        Assert.Equal("LF4402", error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadLeftOut_NcfsFormat_GivesCases()
    {
        (int account, int service, int[] others) =
            Assert.Single(new InteractionFile(_accounts, _services).ReadLeftOut(Write("(0,25)\t1064\t174\t25x\n")));

        Assert.Equal(("0", "25"), (_accounts[account], _services[service]));
        Assert.Equal(["1064", "174", "25x"], others.Select(o => _services[o]));
    }

    [Theory]
    [InlineData("0,25\t1\t2")]
    [InlineData("(0,25)")]
    [InlineData("(0)\t1")]
    public void ReadLeftOut_AnythingElse_IsRefused(string text) => Assert.Equal(
        "LF4402",
        Assert.Throws<LandfallException>(
            () => new InteractionFile(_accounts, _services).ReadLeftOut(Write(text))).Code);

    private IReadOnlyList<Interaction> Read(string text) => new InteractionFile(_accounts, _services).Read(Write(text));

    private string Write(string text)
    {
        string path = Path.Combine(_folder.Path, "file");
        File.WriteAllText(path, text);
        return path;
    }
}
