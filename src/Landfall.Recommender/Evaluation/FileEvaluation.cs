using Landfall.Recommender.Data;
using Landfall.Recommender.Training;

namespace Landfall.Recommender.Evaluation;

/// <summary>Evaluates an algorithm on plain files, so that published tables can be reproduced.</summary>
public static class FileEvaluation
{
    /// <summary>Full ranking of all services that the training file names, but those of the account in it.</summary>
    /// <param name="trainPath">Interactions before; see <see cref="InteractionFile"/>.</param>
    /// <param name="testPath">Interactions after: what is relevant, but for what the account had before.</param>
    /// <param name="options">The algorithm.</param>
    /// <param name="k">Length of lists, at least 1.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static EvaluationResult Ranking(
        string trainPath, string testPath, ModelOptions options, int k, CancellationToken cancellationToken)
    {
        Vocabulary accounts = new();
        Vocabulary services = new();
        InteractionFile files = new(accounts, services);
        IReadOnlyList<Interaction> train = files.Read(trainPath);
        ModelTrainer trainer = new(new InteractionList(train, accounts.Count, services.Count));
        HashSet<(int, int)> before = [.. train.Select(i => (i.Account, i.Service))];
        ItemModel model = trainer.Train(options, cancellationToken);
        InteractionMatrix baskets = trainer.Baskets(options);
        Dictionary<int, HashSet<int>> relevant = files.Read(testPath)
            .Where(i => !before.Contains((i.Account, i.Service)))
            .GroupBy(i => i.Account)
            .ToDictionary(g => g.Key, g => g.Select(i => i.Service).ToHashSet());
        return Protocols.Ranking(model, baskets, relevant, k, cancellationToken);
    }

    /// <summary>Leave one out, with given services that the account did not use.</summary>
    /// <param name="trainPath">Interactions before.</param>
    /// <param name="testPath">The interaction of each account that was held back.</param>
    /// <param name="negativesPath">The others; see <see cref="InteractionFile.ReadLeftOut"/>.</param>
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
        IReadOnlyList<Interaction> train = files.Read(trainPath);
        HashSet<(int, int)> held = [.. files.Read(testPath).Select(i => (i.Account, i.Service))];
        LeftOut[] cases =
        [
            .. files.ReadLeftOut(negativesPath)
                .Where(c => held.Contains((c.Account, c.Service)))
                .Select(c => new LeftOut(c.Account, c.Service, c.Others)),
        ];
        ModelTrainer trainer = new(new InteractionList(train, accounts.Count, services.Count));
        ItemModel model = trainer.Train(options, cancellationToken);
        return Protocols.LeaveOneOut(model, trainer.Baskets(options), cases, k, cancellationToken);
    }
}
