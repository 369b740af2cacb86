namespace Landfall.Sql.Tests;

public sealed class SqlParserTests(SqlFixture fixture) : IClassFixture<SqlFixture>
{
    [Fact]
    public async Task Analyze_ManyThreadsOneParser_GivesEachItsOwnAnswer()
    {
        IEnumerable<Task> tasks = Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 50; i++)
            {
                SqlAnalysis analysis = fixture.Analyze($"select t.c{thread}_{i} from z.u.t{thread} as t");
                Assert.Equal($"c{thread}_{i}", Assert.Single(analysis.OutputColumns));
                Assert.Equal($"z.u.t{thread}", Assert.Single(analysis.Inputs).Name.ToString());
            }
        }));

        await Task.WhenAll(tasks);
    }

    [Theory]
    [InlineData("select 1 as a \0")]
    [InlineData("select '\ud800' as a")]
    public void Analyze_TextThatIsNoText_DoesNotThrow(string sql) => Assert.NotNull(fixture.Analyze(sql));
}
