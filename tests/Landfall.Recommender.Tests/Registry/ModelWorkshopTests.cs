using Landfall.Estate;
using Landfall.Recommender.Definitions;
using Landfall.Recommender.Packages;
using Landfall.Recommender.Registry;
using Landfall.Recommender.Temporal;
using Landfall.Recommender.Tests.Temporal;
using Landfall.Recommender.Training;

namespace Landfall.Recommender.Tests.Registry;

public class ModelWorkshopTests
{
    private static readonly ModelDefinition Definition = new()
    {
        Interactions = "interaction",
        Accounts = "account_profile",
        Algorithm = "ease",
        HalfLifeDays = 14,
        Search = new()
        {
            Lambda = [20, 100], Dropout = [0], Alpha = [0], Xi = [0], PopularityWeight = [0, 0.02],
        },
        Evaluation = new(3, 30, 5),
        Promotion = new(["popularity", "recent-popularity"], 0.95, 0.005, 0.1),
        Recommendations = 5,
        Seed = 1,
    };

    [Fact]
    public void Make_StructureThatIsThere_IsFoundAndPasses()
    {
        TrainedModel made = Make(Histories.Paired(600, 180, 1), null);

        Assert.True(made.Report.Promotion.Passed, made.Report.Promotion.Explanation);
        Assert.All(
            made.Report.Comparisons.Where(c => c.Against is "popularity" or "recent-popularity"),
            c => Assert.True(c.Ndcg.Low > 0, $"{c}"));
        Assert.Equal(4, made.Report.Trials.Length);
        Assert.Equal(
            made.Report.Trials.Max(t => t.Ndcg),
            made.Report.Trials.First(t => t.Options == made.Report.Chosen).Ndcg);
        string card = ModelCard.Of(made.Report);
        Assert.Contains("| popularity |", card, StringComparison.Ordinal);
        Assert.Contains("**passed** (all)", card, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_ShuffledData_IsRefused()
    {
        TrainedModel made = Make(Histories.Shuffled(Histories.Paired(600, 180, 1), 2), null);

        Assert.False(made.Report.Promotion.Passed);
        Assert.Equal("beats", made.Report.Promotion.Rule);
        Assert.Contains("**refused** (beats)", ModelCard.Of(made.Report), StringComparison.Ordinal);
    }

    /// <summary>So large a ridge leaves nothing of who uses what together; what is left is popularity.</summary>
    [Fact]
    public void Make_PopularityAlone_IsRefused()
    {
        TrainedModel made = Make(Histories.Paired(600, 180, 1), null, Definition with
        {
            Search = Definition.Search with { Lambda = [1_000_000], PopularityWeight = [1_000] },
        });

        Assert.False(made.Report.Promotion.Passed);
    }

    [Fact]
    public void Make_WorseThanTheChampion_IsRefused()
    {
        UsageHistory history = Histories.Paired(600, 180, 1);
        ModelOptions champion = Make(history, null).Report.Chosen;
        ModelDefinition worse = Definition with
        {
            Search = Definition.Search with { Lambda = [20_000], PopularityWeight = [0] },
            Promotion = Definition.Promotion with { Beats = [] },
        };

        PromotionDecision refused = Make(history, champion, worse).Report.Promotion;
        PromotionDecision same = Make(history, champion).Report.Promotion;

        Assert.Equal((false, "champion"), (refused.Passed, refused.Rule));
        Assert.True(same.Passed, same.Explanation);
    }

    /// <summary>What comes after the inner period changes neither what is tried nor what is chosen.</summary>
    [Fact]
    public void Make_HyperparametersAreChosen_WithoutTheTestPeriods()
    {
        UsageHistory history = Histories.Paired(600, 180, 3);
        UsageHistory other = Histories.Shuffled(history, 4);
        TemporalEvaluation evaluation = new(history, Definition.Evaluation, _ => []);
        int first = evaluation.CutOffs[0];
        Dictionary<(int, int), int> mixed = [];
        foreach (FirstUse use in history.FirstUses.Where(u => u.Day < first)
            .Concat(other.FirstUses.Where(u => u.Day >= first)))
        {
            mixed.TryAdd((use.Account, use.Service), use.Day);
        }

        TrainedModel one = Make(history, null);
        TrainedModel two = Make(Histories.Of(mixed, 600, 30, 180), null);

        Assert.Equal(one.Report.Trials.Select(t => t.Ndcg), two.Report.Trials.Select(t => t.Ndcg));
        Assert.NotEqual(one.Report.Results[0].Result.Mean.Ndcg, two.Report.Results[0].Result.Mean.Ndcg);
        Assert.Equal(first, evaluation.InnerCutOff + Definition.Evaluation.HorizonDays);
    }

    [Fact]
    public void Make_Twice_GivesTheSameBytes()
    {
        UsageHistory history = Histories.Paired(300, 180, 5);
        string path = Path.Combine(Path.GetTempPath(), $"landfall-{Guid.NewGuid():N}.safetensors");
        try
        {
            string one = PackageFile.Write(Make(history, null).Package, path);
            string two = PackageFile.Write(Make(history, null).Package, path);

            Assert.Equal(one, two);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Make_TooShortAHistory_SaysWhatItNeeds()
    {
        LandfallException refused =
            Assert.ThrowsAny<LandfallException>(() => Make(Histories.Paired(50, 134, 1), null));

        Assert.Equal("LF4405", refused.Code);
        Assert.Contains("need 135", refused.Message, StringComparison.Ordinal);
    }

    private static TrainedModel Make(
        UsageHistory history, ModelOptions? champion, ModelDefinition? definition = null) =>
        new ModelWorkshop("test", definition ?? Definition, history, Histories.Amounts(history), null)
            .Make(champion, CancellationToken.None);
}
