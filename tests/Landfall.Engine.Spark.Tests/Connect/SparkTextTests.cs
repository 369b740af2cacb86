using Landfall.Engine.Spark.Connect;

namespace Landfall.Engine.Spark.Tests.Connect;

public sealed class SparkTextTests
{
    [Theory]
    [InlineData("[A] What. SQLSTATE: 42000", "[A] What. SQLSTATE: 42000")]
    [InlineData("A.\nB. SQLSTATE: 42000; line 1 pos 7;\n'Project [x]\n", "A.\nB. SQLSTATE: 42000; line 1 pos 7")]
    [InlineData("B. SQLSTATE: 42601 (line 2, pos 3)\n\n== SQL ==\nselect", "B. SQLSTATE: 42601 (line 2, pos 3)")]
    [InlineData("Job aborted: boom\n\tat a.B.c(D.scala:1)\n\t... 3 more\n\nDriver stacktrace:", "Job aborted: boom")]
    [InlineData("Looks at (this)\nat home", "Looks at (this)\nat home")]
    [InlineData("", "")]
    public void Plain_Text_EndsWithItsStateAndHasNoTrace(string text, string expected) =>
        Assert.Equal(expected, SparkText.Plain(text));

    [Fact]
    public void Plain_LongText_IsCut() => Assert.Equal(2001, SparkText.Plain(new string('x', 5000)).Length);

    [Theory]
    [InlineData("SQLSTATE: 42601 (line 1, pos 7)", 7)]
    [InlineData("SQLSTATE: 42601 (line 2, pos 2)", 11)]
    [InlineData("SQLSTATE: 42601 (line 3, pos 0)", null)]
    [InlineData("SQLSTATE: 42601 (line 2, pos 90)", null)]
    [InlineData("(line 1, pos 7)", null)]
    public void Place_LineAndColumn_IsACharacterOfTheStatement(string text, int? start) =>
        Assert.Equal(start, SparkText.Place(text, "select x\n  y")?.Start);

    [Theory]
    [InlineData("PARSE_SYNTAX_ERROR", true)]
    [InlineData("UNRESOLVED_COLUMN.WITH_SUGGESTION", true)]
    [InlineData("PATH_NOT_FOUND", true)]
    [InlineData("CAST_INVALID_INPUT", false)]
    [InlineData("DUPLICATED_MAP_KEY", false)]
    [InlineData("NEW_IN_SOME_SPARK", false)]
    [InlineData("", false)]
    public void StatementErrors_Class_IsKnownOrMayQuoteRows(string errorClass, bool isKnown) =>
        Assert.Equal(isKnown, StatementErrors.Hold(errorClass));

    [Fact]
    public void Reportable_WithoutClass_QuotesNothing()
    {
        SparkException e = new("LF4334", "", "", null, "secret");

        Assert.StartsWith(
            "Spark failed a statement with an error without a class. ", e.Reportable().Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("secret", e.Reportable().Message, StringComparison.Ordinal);
    }
}
