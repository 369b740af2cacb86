using System.Globalization;
using System.Text;
using Landfall.Recommender.Evaluation;
using Landfall.Recommender.Temporal;

namespace Landfall.Recommender.Registry;

/// <summary>A report as a page for people, in Markdown.</summary>
public static class ModelCard
{
    /// <summary>Writes the page.</summary>
    public static string Of(TrainingReport report)
    {
        StringBuilder page = new();
        void Line(string text) => page.Append(text).Append('\n');
        Line($"# {report.Name}");
        Line("");
        Line("Suggests services that an account does not use yet, from those it uses. Says nothing of persons.");
        Line("");
        Line($"- Data: {report.DataFrom:yyyy-MM-dd} to {report.DataThrough:yyyy-MM-dd}; {report.Accounts} accounts of "
            + $"{report.Customers} customers, {report.Services} services");
        Line($"- Model: {Hyperparameters(report.Chosen)}");
        Line($"- Chosen among {report.Trials.Length} on the {report.HorizonDays} days from "
            + $"{report.InnerCutOff:yyyy-MM-dd}");
        Line($"- Measured on first uses in the {report.HorizonDays} days from "
            + string.Join(", ", report.CutOffs.Select(c => c.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))
            + ", all services ranked");
        Line($"- Promotion: **{(report.Promotion.Passed ? "passed" : "refused")}** ({report.Promotion.Rule}): "
            + report.Promotion.Explanation);
        Line("");
        Line($"| model | nDCG@{Top(report)} | recall | MAP | coverage | Gini | cases |");
        Line("|---|---|---|---|---|---|---|");
        foreach ((string name, EvaluationResult result) in report.Results)
        {
            Line($"| {name} | {result.Mean.Ndcg:0.0000} | {result.Mean.Recall:0.0000} | {result.Mean.Map:0.0000} "
                + $"| {result.Coverage:0.000} | {result.Gini:0.000} | {result.Accounts} |");
        }

        Line("");
        Line($"| candidate less | nDCG | {report.Confidence:P0} interval, by customer | recall | interval |");
        Line("|---|---|---|---|---|");
        foreach (Comparison c in report.Comparisons)
        {
            Line($"| {c.Against} | {c.Ndcg.Mean:0.0000} | {c.Ndcg.Low:0.0000} to {c.Ndcg.High:0.0000} "
                + $"| {c.Recall.Mean:0.0000} | {c.Recall.Low:0.0000} to {c.Recall.High:0.0000} |");
        }

        Line("");
        Line("Limits: services that nobody uses yet are never suggested; accounts without known services get what is "
            + "popular; probabilities hold for periods like those measured.");
        return page.ToString();
    }

    private static int Top(TrainingReport report) => report.Results[0].Result.K;

    private static string Hyperparameters(Training.ModelOptions options) =>
        $"{options.Algorithm.ToString().ToLowerInvariant()}, lambda {options.Lambda}, dropout {options.Dropout}, "
        + $"alpha {options.Alpha}, xi {options.Xi ?? 0}, popularity {options.PopularityWeight} over "
        + $"{options.HalfLifeDays} days";
}
