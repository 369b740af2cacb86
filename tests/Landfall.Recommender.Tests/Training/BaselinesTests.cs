using Landfall.Recommender.Data;
using Landfall.Recommender.Training;

namespace Landfall.Recommender.Tests.Training;

/// <summary>Services 0 and 1 share two accounts of three and two, service 2 shares one with service 0.</summary>
public sealed class BaselinesTests
{
    private const long Day = 86_400;

    private static readonly Interaction[] Uses =
    [
        new(0, 0, 4, 0), new(0, 1, 2, 10 * Day), new(1, 0, 1, 10 * Day), new(1, 1, 1, 0), new(2, 0, 5, 5 * Day),
        new(2, 2, 3, 10 * Day), new(2, 2, 1, 0),
    ];

    [Theory]
    [InlineData(Similarity.Cooccurrence, 2.0, 1.0)]
    [InlineData(Similarity.Jaccard, 2.0 / 3, 1.0 / 3)]
    [InlineData(Similarity.Lift, 2.0 / 6, 1.0 / 3)]
    [InlineData(Similarity.Cosine, 0.81649658092772603, 0.57735026918962576)]
    public void Sar_Similarities_AreAsByHand(Similarity similarity, double one, double other)
    {
        ItemModel model = Train(new() { Algorithm = ModelAlgorithm.Sar, Similarity = similarity });

        Assert.Equal(one, model.Contribution(0, 1, 1), 15);
        Assert.Equal(other, model.Contribution(0, 1, 2), 15);
        Assert.Equal(0, model.Contribution(1, 1, 2));
    }

    [Fact]
    public void Sar_Baskets_CarryAmountsThatDecay()
    {
        ModelOptions options = new() { Algorithm = ModelAlgorithm.Sar, HalfLifeDays = 5 };

        InteractionMatrix baskets = new ModelTrainer(new InteractionList(Uses, 3, 3)).Baskets(options);

        Assert.Equal([1.0, 2.0], baskets[0].Weights.ToArray());
        Assert.Equal([2.5, 3.25], baskets[2].Weights.ToArray());
    }

    [Fact]
    public void ItemKnn_OneNeighbour_KeepsTheNearestOnly()
    {
        ItemModel model = Train(new() { Algorithm = ModelAlgorithm.ItemKnn, Neighbours = 1 });

        Assert.Equal(0.81649658092772603, model.Contribution(1, 1, 0), 15);
        Assert.Equal(0, model.Contribution(2, 1, 0));
        Assert.Equal(0, model.Contribution(0, 1, 0));
    }

    [Fact]
    public void ItemKnn_Shrinkage_StandsBelowTheFraction()
    {
        ItemModel model = Train(new() { Algorithm = ModelAlgorithm.ItemKnn, Shrinkage = 1 });

        Assert.Equal(2 / (Math.Sqrt(6) + 1), model.Contribution(0, 1, 1), 15);
    }

    [Fact]
    public void Popularity_CountsAccounts_RecentPopularityInteractionsOfTheLastDays()
    {
        ItemModel popular = Train(new() { Algorithm = ModelAlgorithm.Popularity });
        ItemModel recent = Train(new() { Algorithm = ModelAlgorithm.RecentPopularity, RecentDays = 7 });

        Assert.Equal([3.0, 2, 1], Enumerable.Range(0, 3).Select(popular.Prior));
        Assert.Equal([2.0, 1, 1], Enumerable.Range(0, 3).Select(recent.Prior));
    }

    [Fact]
    public void Blend_AddsTheLogarithmOfDecayedPopularity()
    {
        ItemModel model = Train(
            new() { Algorithm = ModelAlgorithm.Ease, Lambda = 1, PopularityWeight = 0.5, HalfLifeDays = 5 });

        Assert.Equal(0.5 * Math.Log(1 + 0.25 + 1 + 0.5), model.Prior(0), 15);
    }

    private static ItemModel Train(ModelOptions options) =>
        new ModelTrainer(new InteractionList(Uses, 3, 3)).Train(options, CancellationToken.None);
}
