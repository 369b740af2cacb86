using System.Diagnostics;
using System.Text;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Yaml;

namespace Landfall.Estate.Tests.Yaml;

public sealed class YamlHazardTests
{
    [Theory]
    [InlineData("a: 1\nb: [x, y", "LF1001")]
    [InlineData("a: \"\\q\"", "LF1001")]
    [InlineData("a: 1\n\tb: 2", "LF1001")]
    [InlineData("%TAG ! tag:x\n%TAG ! tag:y\n---\na: 1", "LF1001")]
    [InlineData("a: &x 1\nb: *x", "LF1002")]
    [InlineData("base: &b { x: 1 }\nc:\n  <<: *b", "LF1002")]
    [InlineData("a: !!int 1", "LF1003")]
    [InlineData("a: !ruby/object:Gem {}", "LF1003")]
    [InlineData("a: 1\nb: 2\na: 3", "LF1004")]
    [InlineData("", "LF1008")]
    [InlineData("# only a comment", "LF1008")]
    [InlineData("a: 1\n---\nb: 2", "LF1008")]
    [InlineData("? [a, b]\n: 1", "LF1011")]
    public void Read_Hazard_IsReported(string text, string code)
    {
        var diagnostics = new DiagnosticBag();

        _ = YamlReader.Read(text, "x.yaml", diagnostics);

        Assert.Equal(code, Assert.Single(diagnostics.ToOrdered()).Code);
    }

    [Fact]
    public void Read_DuplicateKey_NamesBothLines()
    {
        var diagnostics = new DiagnosticBag();

        _ = YamlReader.Read("a: 1\nb: 2\na: 3", "x.yaml", diagnostics);

        Assert.Equal(
            "x.yaml:3:1: error LF1004: The key 'a' is already on line 1. Keep one of the two.",
            Assert.Single(diagnostics.ToOrdered()).ToString());
    }

    [Fact]
    public void Read_AliasBomb_EndsAtOnceWithOneErrorAnAlias()
    {
        var text = new StringBuilder("a: &a [x]\n");
        for (char c = 'b'; c <= 'z'; c++)
        {
            char before = (char)(c - 1);
            _ = text.Append($"{c}: &{c} [{string.Join(", ", Enumerable.Repeat($"*{before}", 10))}]\n");
        }

        var diagnostics = new DiagnosticBag();
        var watch = Stopwatch.StartNew();
        _ = YamlReader.Read(text.ToString(), "x.yaml", diagnostics);

        Assert.Equal(250, diagnostics.ToOrdered().Length);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
    }

    [Theory]
    [InlineData('[', 10_000)]
    [InlineData('{', 10_000)]
    [InlineData('-', 10_000)]
    [InlineData('[', 500_000)]
    public void Read_DeepNesting_IsRefusedWithoutOverflow(char open, int depth)
    {
        string text = open == '-' ? string.Concat(Enumerable.Repeat("- ", depth)) : new string(open, depth);
        var diagnostics = new DiagnosticBag();
        var watch = Stopwatch.StartNew();

        YamlValue? value = YamlReader.Read(text, "x.yaml", diagnostics);

        Assert.Null(value);
        Assert.Equal("LF1005", Assert.Single(diagnostics.ToOrdered()).Code);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    [Theory]
    [InlineData(EstateLimits.YamlDepth - 1, true)]
    [InlineData(EstateLimits.YamlDepth, true)]
    [InlineData(EstateLimits.YamlDepth + 1, false)]
    public void Read_AroundTheDepthLimit_FollowsIt(int depth, bool read)
    {
        string text = new string('[', depth - 1) + "x" + new string(']', depth - 1);
        var diagnostics = new DiagnosticBag();

        YamlValue? value = YamlReader.Read(text, "x.yaml", diagnostics);

        Assert.Equal(read, value is not null);
        Assert.Equal(!read, diagnostics.HasErrors);
    }

    [Theory]
    [InlineData("estate.yaml", EstateLimits.FileBytes - 1, true)]
    [InlineData("estate.yaml", EstateLimits.FileBytes, true)]
    [InlineData("estate.yaml", EstateLimits.FileBytes + 1, false)]
    [InlineData("azure/dev.yaml", EstateLimits.FileBytes, true)]
    [InlineData("azure/dev.yaml", EstateLimits.FileBytes + 1, false)]
    public void Load_AroundTheSizeLimit_FollowsIt(string file, int size, bool read)
    {
        using var folder = new EstateFolder();
        string text = folder.Read(file) + "\n#";
        folder.Write(file, text.PadRight(size, '-'));

        string[] codes = [.. folder.Problems().Select(d => d.Code)];

        Assert.Equal(read ? [] : ["LF1006"], codes);
    }

    [Theory]
    [InlineData("estate.yaml", new byte[] { (byte)'a', (byte)':', 0xff, 0xfe })]
    [InlineData("estate.yaml", new byte[] { 0xff, 0xfe, (byte)'a', 0, (byte)':', 0 })]
    [InlineData("estate.yaml", new byte[] { (byte)'a', (byte)':', (byte)' ', 0xed, 0xa0, 0x80 })]
    [InlineData("azure/dev.yaml", new byte[] { (byte)'a', (byte)':', 0xff, 0xfe })]
    public void Load_NotUtf8_IsReported(string file, byte[] bytes)
    {
        using var folder = new EstateFolder();
        File.WriteAllBytes(Path.Combine(folder.Folder, file), bytes);

        Assert.Equal("LF1007", Assert.Single(folder.Problems()).Code);
    }

    [Fact]
    public void Load_ByteOrderMark_IsAccepted()
    {
        using var folder = new EstateFolder();
        File.WriteAllText(
            Path.Combine(folder.Folder, "estate.yaml"), folder.Read("estate.yaml"), new UTF8Encoding(true));

        Assert.Empty(folder.Problems());
    }

    [Fact]
    public void Load_NulCharacters_AreRefused()
    {
        using var folder = new EstateFolder();
        folder.Change("estate.yaml", "title: Golden", "title: Gol\0den");

        Assert.NotEmpty(folder.Problems());
    }

    [Theory]
    [InlineData("no")]
    [InlineData("1e3")]
    [InlineData("2026-01-01")]
    [InlineData("0x10")]
    [InlineData("null")]
    [InlineData("12:30")]
    public void Load_PlainTextThatYamlTypes_StaysText(string text)
    {
        using var folder = new EstateFolder();
        folder.Change("estate.yaml", "title: Golden", $"title: {text}");

        Assert.Equal(text, folder.Load().Estate!.Title);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("on")]
    [InlineData("1")]
    [InlineData("\"true\"")]
    public void Load_BooleanOtherThanTrueOrFalse_IsRefused(string text)
    {
        using var folder = new EstateFolder();
        folder.Change(
            "beta/products/report/contract.odcs.yaml",
            "physicalType: bigint, required: true", $"physicalType: bigint, required: {text}");

        Assert.Equal("LF1014", Assert.Single(folder.Problems()).Code);
    }

    [Theory]
    [InlineData("no")]
    [InlineData("~")]
    [InlineData("1e3")]
    [InlineData("0x10")]
    [InlineData("0o7")]
    [InlineData(".inf")]
    [InlineData("2026-01-01")]
    [InlineData("99999999999999999999")]
    [InlineData("\"2\"")]
    [InlineData("[2]")]
    public void Load_NumberInAnotherSpelling_IsRefused(string text)
    {
        using var folder = new EstateFolder();
        folder.Change("alpha/zone.yaml", "threads: 2", $"threads: {text}");

        Assert.Equal("alpha/zone.yaml", Assert.Single(folder.Problems()).Location.File);
    }

    [Fact]
    public void Load_EnvironmentNestedTooDeep_IsRefused()
    {
        using var folder = new EstateFolder();
        string nested = new string('[', EstateLimits.YamlDepth) + "x" + new string(']', EstateLimits.YamlDepth);
        folder.Change("azure/dev.yaml", "hosts:", $"more: {nested}\nhosts:");

        Assert.Equal("LF1005", Assert.Single(folder.Problems()).Code);
    }

    /// <summary>Of a file that is too large no more is read than tells that it is.</summary>
    [Fact]
    public void Load_AHundredMegabytes_IsRefusedInFlatMemory()
    {
        using var folder = new EstateFolder();
        using (FileStream file = File.OpenWrite(Path.Combine(folder.Folder, "estate.yaml")))
        {
            file.SetLength(100_000_000);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("LF1006", Assert.Single(folder.Problems()).Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
    }

    [Fact]
    public void Load_KeyOfAHundredThousandCharacters_IsAnError()
    {
        using var folder = new EstateFolder();
        string key = new('k', 100_000);
        folder.Change("alpha/zone.yaml", "threads: 2", $"threads: 2\n        ? {key}\n        : 1");

        Assert.All(folder.Problems(), d => Assert.StartsWith("LF10", d.Code, StringComparison.Ordinal));
        Assert.NotEmpty(folder.Problems());
    }
}
