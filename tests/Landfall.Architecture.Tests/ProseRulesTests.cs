namespace Landfall.Architecture.Tests;

/// <summary>Negative controls: each rule finds what it is for, and lets the nearest right thing pass.</summary>
public sealed class ProseRulesTests
{
    [Theory]
    [InlineData("/// The knobs of a model.", 1)]
    [InlineData("class ModelKnobs;", 1)]
    [InlineData("class ParquetSeal;", 1)]
    [InlineData("public sealed class Invoice;", 0)]
    [InlineData("Task SettleAsync();", 1)]
    [InlineData("rows that were set aside", 1)]
    [InlineData("## Upkeep of tables", 1)]
    [InlineData("WorkerVoice voice;", 1)]
    [InlineData("\"Voice Calls\"", 0)]
    [InlineData("record Finding(Verdict Verdict);", 1)]
    [InlineData("context.Output.Say(\"…\");", 1)]
    [InlineData("ProductModel model;", 1)]
    [InlineData("class ModelPackage;", 0)]
    [InlineData("what the gate said of it", 1)]
    [InlineData("class QualityGate;", 0)]
    public void GoneWord_InALine_FindsIt(string line, int found) =>
        Assert.Equal(found, ProseRules.GoneWord(File(line)).Count());

    [Theory]
    [InlineData("/// One that stops\n/// in the middle.", 1)]
    [InlineData("    /// not\n    /// there.", 1)]
    [InlineData("/// One that ends.\n/// Another.", 0)]
    [InlineData("/// <code>\n/// a = 1\n/// b = 2\n/// </code>", 0)]
    [InlineData("/// <summary>\n/// Text.\n/// </summary>", 0)]
    [InlineData("/// | a\n/// | b", 0)]
    public void BrokenComment_Lines_FindsThoseThatHadRoom(string text, int found) =>
        Assert.Equal(found, ProseRules.BrokenComment(File(text)).Count());

    [Fact]
    public void BrokenComment_FullLine_Passes()
    {
        string full = "/// " + string.Join(' ', Enumerable.Repeat("words", 18));

        Assert.Empty(ProseRules.BrokenComment(File($"{full}\n/// that go on here.")));
        Assert.Single(ProseRules.BrokenComment(File($"{full[..80]}\n/// that go on here.")));
    }

    [Theory]
    [InlineData("  \"A long beginning of it all. \"\n  + \"Nothing was \"\n  + \"changed.\"", 1)]
    [InlineData("  \"The data stays \"\n  + \"in raw. \"\n  + \"Send it again.\"", 1)]
    [InlineData("  \"It ends. \"\n  + \"Nothing was changed. \"\n  + \"Send it again.\"", 0)]
    [InlineData("  \"select a \"\n  + \"from b \"\n  + \"where c\"", 1)]
    [InlineData("  \"select a from b \"\n  + \"where c = 1 and \"\n  + \"d = 2\"", 0)]
    [InlineData("  \"select a from b \"\n  + \"where (c = 1) \"\n  + \"group by d\"", 0)]
    [InlineData("  \"First \"\n  + \"last\"", 0)]
    public void BrokenMessage_Lines_FindsLeftovers(string text, int found) =>
        Assert.Equal(found, ProseRules.BrokenMessage(File(text)).Count());

    private static SourceFile File(string text) => new("src/P/A.cs", text.Length, text);
}
