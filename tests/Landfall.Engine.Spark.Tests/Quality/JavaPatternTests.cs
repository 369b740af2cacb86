using Landfall.Engine.Spark.Connect;
using Landfall.Engine.Spark.Quality;
using Landfall.Engine.Spark.Reading;
using Landfall.Engine.Spark.Tests.Connect;

namespace Landfall.Engine.Spark.Tests.Quality;

/// <summary>Patterns of contracts match in Spark what they match in RE2, or are refused.</summary>
[Collection(SparkCollection.Name)]
public sealed class JavaPatternTests(SparkFixture spark)
{
    [Theory]
    [InlineData("[[:alpha:]]+")]
    [InlineData("(?i)a")]
    [InlineData("(?P<name>a)")]
    [InlineData(@"\pL")]
    [InlineData(@"\bx")]
    [InlineData(@"[\S]")]
    [InlineData("[a&&b]")]
    [InlineData(@"a\")]
    public void Whole_OfWhatJavaReadsOtherwise_IsNone(string pattern) => Assert.Null(JavaPattern.Whole(pattern));

    [SparkTheory]
    [InlineData(@"[a-z]\d$", "a1", "true")]
    [InlineData(@"[a-z]\d$", "a1\n", "false")]
    [InlineData("a.c", "a\rc", "true")]
    [InlineData("a.c", "a\nc", "false")]
    [InlineData(@"a\sc", "a\vc", "false")]
    [InlineData(@"[\s]", "\t", "true")]
    [InlineData(@"\d", "٣", "false")]
    [InlineData("a|bc", "b", "false")]
    [InlineData(@"(?:a\.b)+", "a.ba.b", "true")]
    public async Task Whole_OfAPattern_MatchesAsRe2(string pattern, string text, string matches)
    {
        SparkRows rows = await spark.Session.QueryAsync(
            $"select {SparkSql.Literal(text)} rlike {SparkSql.Literal(JavaPattern.Whole(pattern)!)}",
            CancellationToken.None);

        Assert.Equal(matches == "true", rows.Rows[0][0]);
    }
}
