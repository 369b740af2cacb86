using Landfall.Estate;
using Landfall.Recommender.Data;
using Landfall.Recommender.Evaluation;
using Landfall.Recommender.Training;
using Landfall.Testing.Delta;

namespace Landfall.Recommender.Tests.Evaluation;

public sealed class FileEvaluationTests : IDisposable
{
    private static readonly ModelOptions Popularity = new() { Algorithm = ModelAlgorithm.Popularity };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>x is used by three and y by two; of the measured account, which has x, y comes first and z second.
    /// </summary>
    [Fact]
    public void Ranking_FoldIn_MeasuresAccountsThatNothingIsLearntOf()
    {
        string train = Write("train", "a,x\nb,x\nc,x\na,y\nb,y\na,z");

        EvaluationResult result = FileEvaluation.Ranking(
            train, Write("before", "new,x\nnew,unheard"), Write("test", "new,z\nnew,x\na,y"), Popularity, 2, default);

        Assert.Equal(1, result.Accounts);
        Assert.Equal(1 / Math.Log2(3), result.Mean.Ndcg, 12);
        Assert.Equal(1, result.Mean.Recall);
    }

    [Fact]
    public void Ranking_WithoutFoldIn_TakesWhatWasTrainedOn()
    {
        EvaluationResult result = FileEvaluation.Ranking(
            Write("train", "a,x\nb,x\na,y"), null, Write("test", "b,y\nb,x\nnew,y"), Popularity, 1, default);

        Assert.Equal(1, result.Accounts);
        Assert.Equal(1, result.Mean.Ndcg);
    }

    [Theory]
    [InlineData("", "a,y", "(a,y)\tz", "no interaction")]
    [InlineData("a,x", "a,y", "(a,q)\tz", "1 of its lines name another, 0 name one again, and 1 interactions have no")]
    [InlineData("a,x", "a,y", "(a,y)\tz\n(a,y)\tz", "0 of its lines name another, 1 name one again, and 0")]
    public void LeaveOneOut_FilesThatDoNotFit_AreRefused(string train, string test, string negatives, string expected)
    {
        LandfallException refused = Assert.Throws<LandfallException>(() => FileEvaluation.LeaveOneOut(
            Write("train", train), Write("test", test), Write("negatives", negatives), Popularity, 10, default));

        Assert.Equal("LF4408", refused.Code);
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ranking_NoTimesToWeighBy_IsRefused()
    {
        string train = Write("train", "a,x,1,100\nb,x");

        foreach (ModelOptions options in new ModelOptions[]
        {
            new() { Algorithm = ModelAlgorithm.RecentPopularity },
            new() { Algorithm = ModelAlgorithm.Sar, HalfLifeDays = 1 },
            new() { Algorithm = ModelAlgorithm.Ease, HalfLifeDays = 1, PopularityWeight = 1 },
        })
        {
            Assert.Equal(
                "LF4408",
                Assert.Throws<LandfallException>(
                    () => FileEvaluation.Ranking(train, null, train, options, 1, default)).Code);
        }
    }

    [Fact]
    public void Gram_MoreServicesThanAnArrayHolds_IsRefused() => Assert.Equal(
        "LF4409", Assert.Throws<LandfallException>(() => new GramMatrix(GramMatrix.ServicesMax + 1)).Code);

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }
}
