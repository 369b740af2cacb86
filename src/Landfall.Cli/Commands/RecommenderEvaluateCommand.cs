using System.CommandLine;
using Landfall.Cli.Output;
using Landfall.Recommender.Evaluation;
using Landfall.Recommender.Training;

namespace Landfall.Cli.Commands;

/// <summary><c>recommender evaluate</c>: an algorithm measured on plain files.</summary>
internal sealed class RecommenderEvaluateCommand : LandfallCommand
{
    private const string Ranking = "ranking";
    private const string LeaveOneOut = "leave-one-out";

    private readonly Option<FileInfo> _train = FileOption(
        "--train", "Interactions to train on: account, service[, rating[, Unix time]], by tabs or commas.", true);
    private readonly Option<FileInfo> _test = FileOption(
        "--test", "Interactions to measure with; those that are in --train do not count.", true);
    private readonly Option<FileInfo> _negatives = FileOption(
        "--negatives", "For leave-one-out: (account,service) and services the account did not use, tab-separated.",
        false);

    private readonly Option<FileInfo> _foldIn = FileOption(
        "--fold-in", "For ranking: what the accounts of --test had, where they are not those of --train.", false);

    private readonly Option<string> _protocol = new("--protocol")
    {
        Description = "ranking: all services; leave-one-out: one among given ones.",
        HelpName = "PROTOCOL",
        DefaultValueFactory = _ => Ranking,
    };

    private readonly Option<int> _k = new("--k")
    {
        Description = "Length of lists.",
        HelpName = "N",
        DefaultValueFactory = _ => 10,
    };

    private readonly HyperparameterOptions _hyperparameters = new();

    public RecommenderEvaluateCommand()
        : base(
            "evaluate",
            "Train an algorithm on a file of interactions and measure it on another.",
            "recommender evaluate --train train.tsv --test test.tsv --algorithm ease --lambda 400 --k 10",
            "recommender evaluate --train a.train --test a.test --negatives a.negative --protocol leave-one-out "
            + "--algorithm sar --format json",
            "recommender evaluate --train train.csv --fold-in test_tr.csv --test test_te.csv --algorithm ease --k 100")
    {
        _protocol.AcceptOnlyFromAmong(Ranking, LeaveOneOut);
        Add(_train);
        Add(_test);
        Add(_negatives);
        Add(_foldIn);
        Add(_protocol);
        Add(_k);
        _hyperparameters.AddTo(this);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string protocol = context.Arguments.GetRequiredValue(_protocol);
        FileInfo? negatives = context.Arguments.GetValue(_negatives);
        int k = context.Arguments.GetValue(_k);
        FileInfo? foldIn = context.Arguments.GetValue(_foldIn);
        RequireSense(protocol, k, negatives, foldIn);

        ModelOptions options = _hyperparameters.Read(context.Arguments);
        FileInfo train = context.Arguments.GetRequiredValue(_train);
        FileInfo test = context.Arguments.GetRequiredValue(_test);
        RequireFiles(train, test, negatives, foldIn);

        // Training takes the processors for a while; Ctrl-C is heard meanwhile.
        EvaluationResult result = await Task.Run(
            () => negatives is null
                ? FileEvaluation.Ranking(
                    train.FullName, foldIn?.FullName, test.FullName, options, k, cancellationToken)
                : FileEvaluation.LeaveOneOut(
                    train.FullName, test.FullName, negatives.FullName, options, k, cancellationToken),
            cancellationToken);
        Print(context.Output, protocol, _hyperparameters.NameOf(options.Algorithm), result);
        return ExitCodes.Success;
    }

    private static Option<FileInfo> FileOption(string name, string description, bool required) =>
        new(name) { Description = description, HelpName = "FILE", Required = required };

    private static void RequireSense(string protocol, int k, FileInfo? negatives, FileInfo? foldIn)
    {
        string? rule = k < 1 ? "--k is 1 or more"
            : protocol == LeaveOneOut && negatives is null ? "--protocol leave-one-out needs --negatives"
            : protocol == Ranking && negatives is not null ? "--negatives belongs to --protocol leave-one-out"
            : protocol == LeaveOneOut && foldIn is not null ? "--fold-in belongs to --protocol ranking"
            : null;
        if (rule is not null)
        {
            throw new UsageException(CliCodes.BadHyperparameter, rule + ". Nothing was measured.");
        }
    }

    private static void RequireFiles(params IEnumerable<FileInfo?> files)
    {
        if (files.FirstOrDefault(f => f is { Exists: false }) is { } missing)
        {
            throw new UsageException(
                CliCodes.MissingFile, $"There is no file {missing.FullName}. Nothing was measured.");
        }
    }

    private static void Print(CliOutput output, string protocol, string algorithm, EvaluationResult result)
    {
        IRowWriter rows = output.Rows(
            new("protocol"), new("algorithm"), new("k", true), new("accounts", true), new("ndcg", true),
            new("recall", true), new("recall_all", true), new("precision", true), new("map", true),
            new("map_all", true), new("hit", true), new("coverage", true), new("gini", true));
        AccountMetrics mean = result.Mean;
        rows.Write(
        [
            protocol, algorithm, result.K, result.Accounts, Rounded(mean.Ndcg), Rounded(mean.Recall),
            Rounded(mean.RecallAll), Rounded(mean.Precision), Rounded(mean.Map), Rounded(mean.MapAll),
            Rounded(mean.Hit), Rounded(result.Coverage), Rounded(result.Gini),
        ]);
        rows.End();
    }

    /// <summary>Eight digits after the point: more than published tables have.</summary>
    private static decimal? Rounded(double? value) => value is null ? null : Math.Round((decimal)value, 8);
}
