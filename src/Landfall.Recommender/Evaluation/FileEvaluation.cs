using System.Globalization;
using Landfall.Estate;
using Landfall.Recommender.Data;
using Landfall.Recommender.Training;

namespace Landfall.Recommender.Evaluation;

/// <summary>Evaluates an algorithm on plain files, so that published tables can be reproduced.</summary>
/// <exception cref="LandfallException">
/// <c>LF4402</c>: a line does not read; <c>LF4403</c>: no account counts; <c>LF4408</c>: the files do not fit together,
/// or lack times that the algorithm needs; <c>LF4409</c>: there are too many services.
/// </exception>
public static class FileEvaluation
{
    /// <summary>
    /// Full ranking of all services that the training file names, but those that the account had before. Accounts that
    /// had nothing before do not count.
    /// </summary>
    /// <param name="trainPath">Interactions to train on; see <see cref="InteractionFile"/>.</param>
    /// <param name="foldInPath">
    /// What the measured accounts had before, of which nothing is learnt; null where that is the training file.
    /// </param>
    /// <param name="testPath">Interactions after: what is relevant, but for what the account had before.</param>
    /// <param name="options">The algorithm.</param>
    /// <param name="k">Length of lists, at least 1.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static EvaluationResult Ranking(
        string trainPath, string? foldInPath, string testPath, ModelOptions options, int k,
        CancellationToken cancellationToken)
    {
        Vocabulary accounts = new();
        Vocabulary services = new();
        InteractionFile files = new(accounts, services);
        IReadOnlyList<Interaction> train = ReadTraining(files, trainPath, options);
        int known = services.Count;
        ModelTrainer trainer = new(new InteractionList(train, accounts.Count, known));
        IReadOnlyList<Interaction> before = foldInPath is null ? train : files.Read(foldInPath);
        ModelTrainer had = foldInPath is null ? trainer : new(new InteractionList(
            [.. before.Where(i => i.Service < known)], accounts.Count, known));
        ItemModel model = trainer.Train(options, cancellationToken);
        HashSet<(int, int)> pairs = [.. before.Select(i => (i.Account, i.Service))];
        Dictionary<int, HashSet<int>> relevant = files.Read(testPath)
            .Where(i => !pairs.Contains((i.Account, i.Service)))
            .GroupBy(i => i.Account)
            .ToDictionary(g => g.Key, g => g.Select(i => i.Service).ToHashSet());
        return Protocols.Ranking(model, had.Baskets(options), relevant, k, cancellationToken);
    }

    /// <summary>Leave one out, with given services that the account did not use.</summary>
    /// <param name="trainPath">Interactions before.</param>
    /// <param name="testPath">The interaction of each account that was held back.</param>
    /// <param name="negativesPath">
    /// The others, a line for each interaction held back; see <see cref="InteractionFile.ReadLeftOut"/>.
    /// </param>
    /// <param name="options">The algorithm.</param>
    /// <param name="k">Length of lists, at least 1.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static EvaluationResult LeaveOneOut(
        string trainPath, string testPath, string negativesPath, ModelOptions options, int k,
        CancellationToken cancellationToken)
    {
        Vocabulary accounts = new();
        Vocabulary services = new();
        InteractionFile files = new(accounts, services);
        IReadOnlyList<Interaction> train = ReadTraining(files, trainPath, options);
        HashSet<(int, int)> held = [.. files.Read(testPath).Select(i => (i.Account, i.Service))];
        LeftOut[] cases =
            [.. files.ReadLeftOut(negativesPath).Select(c => new LeftOut(c.Account, c.Service, c.Others))];
        RequireFit(held, cases, testPath, negativesPath);
        ModelTrainer trainer = new(new InteractionList(train, accounts.Count, services.Count));
        ItemModel model = trainer.Train(options, cancellationToken);
        return Protocols.LeaveOneOut(model, trainer.Baskets(options), cases, k, cancellationToken);
    }

    private static IReadOnlyList<Interaction> ReadTraining(InteractionFile files, string path, ModelOptions options)
    {
        IReadOnlyList<Interaction> train = files.Read(path);
        if (train.Count == 0)
        {
            throw Unfit($"{path} has no interaction, so that there is nothing to learn from");
        }

        bool decays = options.HalfLifeDays > 0
            && (options.Algorithm == ModelAlgorithm.Sar || options.PopularityWeight != 0);
        return files.Timeless > 0 && (decays || options.Algorithm == ModelAlgorithm.RecentPopularity)
            ? throw Unfit(
                $"{path} has {files.Timeless.ToString(CultureInfo.InvariantCulture)} interactions without a time, by "
                + "which recent-popularity and a half-life weigh")
            : train;
    }

    private static void RequireFit(
        HashSet<(int, int)> held, IReadOnlyCollection<LeftOut> cases, string testPath, string negativesPath)
    {
        HashSet<(int, int)> named = [.. cases.Select(c => (c.Account, c.Service))];
        int strange = named.Count(c => !held.Contains(c));
        int without = held.Count(h => !named.Contains(h));
        int twice = cases.Count - named.Count;
        if (strange + without + twice > 0)
        {
            throw Unfit(string.Create(
                CultureInfo.InvariantCulture,
                $"{negativesPath} has a line for each interaction of {testPath}, but {strange} of its lines name "
                + $"another, {twice} name one again, and {without} interactions have no line"));
        }
    }

    private static LandfallException Unfit(string what) => new(
        "LF4408", $"{what}. Nothing was measured. Look whether the files belong together and are whole.");
}
