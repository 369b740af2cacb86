using Landfall.Recommender.Packages;
using Landfall.Recommender.Scoring;
using Landfall.Recommender.Tests.Packages;
using Landfall.Recommender.Training;

namespace Landfall.Recommender.Tests.Scoring;

public class ServiceRecommenderTests
{
    private static readonly ModelPackage Tiny = PackageFileTests.Packaged() with
    {
        // The row of a service is what it says of all.
        Model = new ItemModel(3, [0, 0.5, 0.25, 0.125, 0, -1, 0.5, 0.75, 0], [0.01, 0.02, 0.03]),
    };

    private readonly ServiceRecommender _recommender = new(Tiny);

    [Fact]
    public void Recommend_Basket_AddsContributionsAndExplainsThem()
    {
        SuggestionList list = _recommender.Recommend(["c", "a", "c"], 10, []);

        Suggestion only = Assert.Single(list.Items);
        Assert.Equal("b", only.Service);
        Assert.Equal(0.02 + 0.5 + 0.75, only.Score, 15);
        Assert.Equal([new Reason("c", 0.75), new Reason("a", 0.5)], only.Reasons.AsEnumerable());
        Assert.False(list.Fallback);
    }

    [Fact]
    public void Recommend_NegativeContribution_IsNoReason()
    {
        Suggestion last = _recommender.Recommend(["b"], 10, []).Items[^1];

        Assert.Equal(("c", -0.97), (last.Service, Math.Round(last.Score, 12)));
        Assert.Empty(last.Reasons);
    }

    [Fact]
    public void Recommend_NothingKnown_FallsBackToWhatIsPopular()
    {
        foreach (string[] basket in new[] { [], new[] { "unheard-of" } })
        {
            SuggestionList list = _recommender.Recommend(basket, 2, []);

            Assert.True(list.Fallback);
            Assert.Equal(basket.Length, list.Unknown);
            Assert.Equal(["b", "a"], list.Items.Select(i => i.Service));
            Assert.All(list.Items, i => Assert.Null(i.Probability));
        }
    }

    [Fact]
    public void Recommend_Excluded_IsLeftOut()
    {
        Assert.Empty(_recommender.Recommend(["a", "c"], 10, ["b", "other"]).Items);
        Assert.Throws<ArgumentOutOfRangeException>(() => _recommender.Recommend([], 0, []));
    }
}
