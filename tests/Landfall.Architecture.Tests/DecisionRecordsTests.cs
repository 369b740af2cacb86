namespace Landfall.Architecture.Tests;

public sealed class DecisionRecordsTests
{
    private static IEnumerable<SourceFile> Records =>
        RepositoryFiles.All.Where(f => f.Path.StartsWith(DecisionRecords.Folder, StringComparison.Ordinal));

    [Fact]
    public void Records_All_HaveStatusAndDate() =>
        Assert.Equal("", string.Join('\n', Records.Select(DecisionRecords.Problem).OfType<string>()));

    [Fact]
    public void Records_Numbers_CountFromOne() => Assert.Equal(
        Enumerable.Range(1, Records.Count()).Select(n => n.ToString("D4")),
        Records.Select(r => Path.GetFileName(r.Path)[..4]));

    [Theory]
    [InlineData("# 0007 Title\n\nStatus: accepted\nDate: 2026-11-23\n\nText.\n", true)]
    [InlineData("# 0007: Title\n\nStatus: replaced by 0012\nDate: 2026-11-23\n\nText.\n", true)]
    [InlineData("# 0008 Title\n\nStatus: accepted\nDate: 2026-11-23\n\nText.\n", false)]
    [InlineData("# 0007 Title\n\nText of the record.\n\nMore.\n", false)]
    [InlineData("# 0007 Title\n\nStatus: wanted\nDate: 2026-11-23\n\nText.\n", false)]
    [InlineData("# 0007 Title\n\nStatus: accepted\nDate: 23.11.2026\n\nText.\n", false)]
    [InlineData("# 0007 Title\n\nStatus: accepted\nDate: 2026-02-30\n\nText.\n", false)]
    [InlineData("# 0007 Title\nStatus: accepted\nDate: 2026-11-23\n\nText.\n", false)]
    [InlineData("# 0007 Title\n\nStatus: accepted\nDate: 2026-11-23\nText.\n", false)]
    public void Problem_OfARecord_IsFound(string text, bool fine) =>
        Assert.Equal(fine, DecisionRecords.Problem(SourceFile.Of("docs/adr/0007-title.md", text)) is null);
}
