using Landfall.Estate;
using Landfall.Recommender.Data;
using Landfall.Recommender.Evaluation;
using Landfall.Recommender.Training;

namespace Landfall.Recommender.Tests.Evaluation;

public sealed class MetricsTests
{
    /// <summary>Hits at places 1 and 3 of a list of 3, of 4 relevant.</summary>
    [Fact]
    public void Of_TwoHitsInThree_IsAsByHand()
    {
        AccountMetrics metrics = AccountMetrics.Of([7, 8, 9], s => s is 7 or 9, relevant: 4, k: 3);

        Assert.Equal((1 + 0.5) / (1 + (1 / Math.Log2(3)) + 0.5), metrics.Ndcg, 15);
        Assert.Equal(2.0 / 3, metrics.Recall, 15);
        Assert.Equal(0.5, metrics.RecallAll);
        Assert.Equal(2.0 / 3, metrics.Precision, 15);
        Assert.Equal((1 + (2.0 / 3)) / 3, metrics.Map, 15);
        Assert.Equal((1 + (2.0 / 3)) / 4, metrics.MapAll, 15);
        Assert.Equal(1, metrics.Hit);
    }

    [Fact]
    public void Of_NoHit_IsZeroThroughout() =>
        Assert.Equal(default, AccountMetrics.Of([1, 2], _ => false, relevant: 1, k: 2));

    [Fact]
    public void TopList_Ties_GoToTheLowerNumber() =>
        Assert.Equal([3, 0, 2], TopList.Of([2, 1, 2, 5, double.NegativeInfinity, double.NaN], 3));

    [Fact]
    public void TopList_FewerThanAsked_AreAll() =>
        Assert.Equal([1], TopList.Of([double.NegativeInfinity, 0], 10));

    [Fact]
    public void TopList_ManyScores_IsThatOfASort()
    {
        Random random = new(1);
        double[] scores = [.. Enumerable.Range(0, 5000).Select(_ => (double)random.Next(500))];

        Assert.Equal(
            Enumerable.Range(0, 5000).OrderByDescending(i => scores[i]).ThenBy(i => i).Take(50),
            TopList.Of(scores, 50));
    }

    [Theory]
    [InlineData(new long[] { 5, 5, 5 }, 0)]
    [InlineData(new long[] { 0, 0, 9 }, 2.0 / 3)]
    [InlineData(new long[] { 0, 0 }, 0)]
    public void Gini_Counts_IsAsByHand(long[] counts, double expected) =>
        Assert.Equal(expected, EvaluationResult.GiniOf(counts), 15);

    [Fact]
    public void Ranking_SeenServicesAndUnknownOnes_AreLeftOutAndMissed()
    {
        InteractionMatrix baskets = InteractionMatrix.Of(
            [new(0, 0, 1, 0), new(1, 1, 1, 0)], 3, 3, Weighting.Binary);
        ItemModel model = new(3, null, [9, 5, 1]);
        Dictionary<int, HashSet<int>> later = new() { [0] = [1, 77], [1] = [2], [2] = [0] };

        EvaluationResult result = Protocols.Ranking(model, baskets, later, 1, CancellationToken.None);

        Assert.Equal(2, result.Accounts);
        Assert.Equal(0.5, result.Mean.Ndcg);
        Assert.Equal(0.25, result.Mean.RecallAll);
        Assert.Equal(2.0 / 3, result.Coverage!.Value, 15);
    }

    [Fact]
    public void LeaveOneOut_Ties_CountAgainstTheModel()
    {
        InteractionMatrix baskets = InteractionMatrix.Of([new(0, 0, 1, 0)], 1, 4, Weighting.Binary);
        ItemModel model = new(4, null, [0, 2, 2, 1]);

        EvaluationResult result = Protocols.LeaveOneOut(
            model, baskets, [new(0, 1, [2, 3]), new(0, 1, [3])], 2, CancellationToken.None);

        Assert.Equal(((1 / Math.Log2(3)) + 1) / 2, result.Mean.Ndcg, 15);
        Assert.Equal(1, result.Mean.Hit);
    }

    /// <summary>As in the published files, which name some held back services among the others.</summary>
    [Fact]
    public void LeaveOneOut_OthersThatRepeatOrNameItself_CountOnceOrNot()
    {
        InteractionMatrix baskets = InteractionMatrix.Of([new(0, 0, 1, 0)], 1, 4, Weighting.Binary);
        ItemModel model = new(4, null, [0, 2, 3, 1]);

        EvaluationResult result = Protocols.LeaveOneOut(
            model, baskets, [new(0, 1, [2, 2, 1, 3])], 2, CancellationToken.None);

        Assert.Equal(1 / Math.Log2(3), result.Mean.Ndcg, 15);
    }

    [Fact]
    public void Ranking_NobodyToMeasure_IsRefused() => Assert.Equal("LF4403", Assert.Throws<LandfallException>(
        () => Protocols.Ranking(
            new(1, null, null), InteractionMatrix.Of([], 1, 1, Weighting.Binary),
            new Dictionary<int, HashSet<int>> { [0] = [0] }, 1, CancellationToken.None)).Code);
}
