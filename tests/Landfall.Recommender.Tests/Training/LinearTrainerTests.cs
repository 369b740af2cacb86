using Landfall.Recommender.Data;
using Landfall.Recommender.Training;

namespace Landfall.Recommender.Tests.Training;

/// <summary>
/// Two accounts use both services, one the first alone: G = [[3,2],[2,2]]. With λ = 1: A = [[4,2],[2,3]], P =
/// [[3,-2],[-2,4]]/8, EASE's B_12 = 2/4 and B_21 = 2/3.
/// </summary>
public sealed class LinearTrainerTests
{
    private static readonly Interaction[] Two = [Use(0, 0), Use(0, 1), Use(1, 0), Use(1, 1), Use(2, 0)];

    [Fact]
    public void Ease_TwoServices_IsAsByHand()
    {
        ItemModel model = Train(new() { Lambda = 1 });

        Assert.Equal(0.5, model.Contribution(0, 1, 1), 15);
        Assert.Equal(2.0 / 3, model.Contribution(1, 1, 0), 14);
        Assert.Equal(0, model.Contribution(0, 1, 0));
        Assert.Equal(0, model.Contribution(1, 1, 1));
    }

    /// <summary>p = 1/2 doubles the diagonal: A = [[7,2],[2,5]], B_12 = 2/7, B_21 = 2/5.</summary>
    [Fact]
    public void Edlae_TwoServices_IsAsByHand()
    {
        ItemModel model = Train(new() { Lambda = 1, Dropout = 0.5 });

        Assert.Equal(2.0 / 7, model.Contribution(0, 1, 1), 15);
        Assert.Equal(2.0 / 5, model.Contribution(1, 1, 0), 15);
    }

    /// <summary>
    /// ξ = 3/4: w_1 = max(1, (1/4)/(3/8)) = 1, w_2 = max(1, (1/4)/(4/8)) = 1, so that B_12 = B_21 = 2/8.
    /// </summary>
    [Fact]
    public void Rlae_TwoServices_IsAsByHand()
    {
        ItemModel model = Train(new() { Lambda = 1, Xi = 0.75 });

        Assert.Equal(0.25, model.Contribution(0, 1, 1), 15);
        Assert.Equal(0.25, model.Contribution(1, 1, 0), 15);
    }

    [Fact]
    public void Rlae_XiZero_IsEaseWhereRidgeIsSmall() => Assert.Equal(
        Scores(Train(new() { Lambda = 1 }), [0], [1]), Scores(Train(new() { Lambda = 1, Xi = 0 }), [0], [1]));

    /// <summary>
    /// β = 1: accounts of two services count half, G = [[2,1],[1,1]]; counts stay 3 and 2. With p = 1/2 the ridge is
    /// 1 + 3 and 1 + 2: A = [[6,1],[1,4]], B_12 = 1/6 and B_21 = 1/4; α = 1 scales them by 3/2 and 2/3.
    /// </summary>
    [Fact]
    public void Dan_TwoServices_IsAsByHand()
    {
        ItemModel model = Train(new() { Lambda = 1, Dropout = 0.5, RidgeByCount = true, Alpha = 1, Beta = 1 });

        Assert.Equal(1.0 / 6 * 3 / 2, model.Contribution(0, 1, 1), 15);
        Assert.Equal(1.0 / 4 * 2 / 3, model.Contribution(1, 1, 0), 15);
    }

    [Fact]
    public void Score_AnyBasket_IsTheSumOfItsContributionsAndThePrior()
    {
        Interaction[] many = Random(accounts: 60, services: 40, seed: 5);
        ItemModel model = new ModelTrainer(new InteractionList(many, 60, 40)).Train(
            new() { Algorithm = ModelAlgorithm.Dan, Lambda = 5, Alpha = 0.3, Beta = 0.2, PopularityWeight = 0.2 },
            CancellationToken.None);
        int[] services = [3, 17, 31];
        double[] weights = [1, 0.5, 2];

        double[] scores = Scores(model, services, weights);

        for (int j = 0; j < 40; j++)
        {
            double sum = model.Prior(j);
            for (int i = 0; i < services.Length; i++)
            {
                sum += model.Contribution(services[i], weights[i], j);
            }

            Assert.Equal(sum, scores[j], 12);
        }
    }

    [Fact]
    public void Train_ServiceThatNobodyUses_NeitherSuggestsNorIsSuggested()
    {
        ItemModel model = new ModelTrainer(new InteractionList(Two, 3, 3)).Train(
            new() { Algorithm = ModelAlgorithm.Dan, Lambda = 1, Alpha = 0.5 }, CancellationToken.None);

        Assert.Equal([0, 0, 0], Scores(model, [2], [1]));
        Assert.Equal(0, Scores(model, [0, 1], [1, 1])[2]);
    }

    [Fact]
    public void Gram_AccountsAddedAndTakenAway_IsThatOfTheRest()
    {
        Interaction[] many = Random(accounts: 50, services: 20, seed: 6);
        InteractionMatrix all = InteractionMatrix.Of(many, 50, 20, Weighting.Binary);
        InteractionMatrix rest = InteractionMatrix.Of(
            [.. many.Where(i => i.Account >= 10)], 50, 20, Weighting.Binary);
        GramMatrix expected = new(20);
        expected.Add(rest, CancellationToken.None);
        GramMatrix gram = new(20);
        gram.Add(all, CancellationToken.None);

        for (int account = 0; account < 10; account++)
        {
            gram.Add(all[account], -1);
        }

        Assert.Equal(expected.Values, gram.Values);
        Assert.Equal(expected.Counts, gram.Counts);
    }

    [Fact]
    public void Train_Twice_GivesTheSameBytes()
    {
        Interaction[] many = Random(accounts: 400, services: 300, seed: 7);
        ModelOptions options = new() { Algorithm = ModelAlgorithm.Rlae, Lambda = 20, Dropout = 0.2, Xi = 0.1 };

        double[] first = Scores(
            new ModelTrainer(new InteractionList(many, 400, 300)).Train(options, default), [1, 2, 3], [1, 1, 1]);
        double[] second = Scores(
            new ModelTrainer(new InteractionList([.. many.Reverse()], 400, 300)).Train(options, default),
            [1, 2, 3], [1, 1, 1]);

        Assert.Equal(first, second);
    }

    private static ItemModel Train(LinearOptions options)
    {
        GramMatrix gram = new(2, options.Beta);
        gram.Add(InteractionMatrix.Of(Two, 3, 2, Weighting.Binary), CancellationToken.None);
        return LinearTrainer.Train(gram, options, CancellationToken.None);
    }

    private static double[] Scores(ItemModel model, int[] services, double[] weights)
    {
        double[] scores = new double[model.Services];
        model.Score(new(services, weights), scores);
        return scores;
    }

    private static Interaction[] Random(int accounts, int services, int seed)
    {
        Random random = new(seed);
        return
        [
            .. Enumerable.Range(0, accounts).SelectMany(a => Enumerable.Range(0, 8)
                .Select(_ => Use(a, (int)(services * Math.Pow(random.NextDouble(), 2))))),
        ];
    }

    private static Interaction Use(int account, int service) => new(account, service, 1, 0);
}
