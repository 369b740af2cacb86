namespace Landfall.Architecture.Tests;

public sealed class TestHabitsTests
{
    /// <summary>The controls of the rules hold what the rules look for.</summary>
    private static IEnumerable<SourceFile> Tests => RepositoryFiles.CSharp
        .Where(f => f.Path.StartsWith("tests/", StringComparison.Ordinal))
        .Where(f => !f.Path.StartsWith("tests/Landfall.Architecture.Tests/TestHabits", StringComparison.Ordinal));

    [Fact]
    public void Tests_Waiting_WaitForConditionsOrSayWhyNot() =>
        Assert.Equal("", string.Join('\n', Tests.SelectMany(TestHabits.SleepWithoutReason)));

    [Fact]
    public void Tests_Random_TakeTheOneSeed() =>
        Assert.Equal("", string.Join('\n', Tests.SelectMany(TestHabits.SeedOfItsOwn)));

    [Fact]
    public void Seed_OneVariable_IsReadWhereTheRuleLooksAway() =>
        Assert.Contains("\"LANDFALL_SEED\"", RepositoryFiles.Text(TestHabits.SeedPath), StringComparison.Ordinal);

    [Theory]
    [InlineData("    await Task.Delay(5);\n", true)]
    [InlineData("    // Done.\n\n    await Task.Delay(5);\n", true)]
    [InlineData("    // Why.\n    await Task.Delay(5);\n", false)]
    [InlineData("    // Why.\n    a();\n    Thread.Sleep(5);\n", false)]
    [InlineData("    await Task.Delay(Timeout.Infinite, stop);\n", false)]
    public void SleepWithoutReason_Line_IsFoundUnlessACommentSaysWhy(string text, bool found) =>
        Assert.Equal(found, TestHabits.SleepWithoutReason(SourceFile.Of("tests/A.cs", text)).Any());

    [Theory]
    [InlineData("int seed = Environment.TickCount;", true)]
    [InlineData("Of(\"LANDFALL_JUDGE_SEED\")", true)]
    [InlineData("Of(\"LANDFALL_REVENUE_SEEDS\")", false)]
    [InlineData("TestSeed seed = TestSeed.Fresh();", false)]
    public void SeedOfItsOwn_Line_IsFound(string text, bool found) =>
        Assert.Equal(found, TestHabits.SeedOfItsOwn(SourceFile.Of("tests/A.cs", text)).Any());
}
