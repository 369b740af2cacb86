using System.CommandLine;
using System.Text.RegularExpressions;
using Landfall.Recommender.Training;

namespace Landfall.Cli.Commands;

/// <summary>The options that name an algorithm and its hyperparameters.</summary>
internal sealed partial class HyperparameterOptions
{
    private static readonly Dictionary<string, ModelAlgorithm> Algorithms = Enum.GetValues<ModelAlgorithm>()
        .ToDictionary(a => CamelEnd().Replace(a.ToString(), "-$1").ToLowerInvariant());

    private static readonly Dictionary<string, Similarity> Similarities = Enum.GetValues<Similarity>()
        .ToDictionary(s => s.ToString().ToLowerInvariant());

    private readonly Option<string> _algorithm = new("--algorithm")
    {
        Description = $"One of {string.Join(", ", Algorithms.Keys)}.",
        HelpName = "NAME",
        Required = true,
    };

    private readonly Option<string> _similarity = new("--similarity")
    {
        Description = "Similarity of sar: jaccard, cosine, lift or cooccurrence.",
        HelpName = "NAME",
        DefaultValueFactory = _ => "jaccard",
    };

    private readonly Option<int> _neighbours = new("--neighbours")
    {
        Description = "Nearest services that count in item-knn.",
        HelpName = "N",
        DefaultValueFactory = _ => 100,
    };

    private readonly Option<double> _lambda = Hyperparameter(
        "--lambda", "Ridge of the linear models, above 0; not scaled.", 500);
    private readonly Option<double> _dropout = Hyperparameter(
        "--dropout", "Dropout of edlae, rlae and dan, 0 up to but not 1.", 0);

    private readonly Option<double> _alpha = Hyperparameter(
        "--alpha", "How much dan holds back frequent services, 0 to 1.", 0);
    private readonly Option<double> _beta = Hyperparameter(
        "--beta", "How much dan holds back large accounts, 0 to 1.", 0);
    private readonly Option<double> _shrinkage = Hyperparameter("--shrinkage", "Holds back rare pairs in item-knn.", 0);
    private readonly Option<double> _recent = Hyperparameter(
        "--recent-days", "Days of recent-popularity, up to the newest interaction.", 7);

    private readonly Option<double> _halfLife = Hyperparameter(
        "--half-life", "Days in which weight halves in sar and popularity; 0: never.", 0);

    private readonly Option<double> _blend = Hyperparameter(
        "--popularity-weight", "Adds so much log(1 + popularity).", 0);

    private readonly Option<double?> _xi = new("--xi")
    {
        Description = "Own weight that a service may keep in rlae (0 where not given) and dan, 0 to 1.",
        HelpName = "X",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        _algorithm.AcceptOnlyFromAmong([.. Algorithms.Keys]);
        _similarity.AcceptOnlyFromAmong([.. Similarities.Keys]);
        foreach (Option option in new Option[]
        {
            _algorithm, _lambda, _dropout, _xi, _alpha, _beta, _neighbours, _shrinkage, _similarity, _recent, _halfLife,
            _blend,
        })
        {
            command.Add(option);
        }
    }

    /// <summary>What an algorithm is called on the command line.</summary>
    public string NameOf(ModelAlgorithm algorithm) => Algorithms.Single(a => a.Value == algorithm).Key;

    /// <summary>Reads the options.</summary>
    /// <exception cref="UsageException"><c>LF4910</c>: a hyperparameter out of its range.</exception>
    public ModelOptions Read(ParseResult arguments)
    {
        ModelOptions options = new()
        {
            Algorithm = Algorithms[arguments.GetRequiredValue(_algorithm)],
            Similarity = Similarities[arguments.GetRequiredValue(_similarity)],
            Neighbours = arguments.GetValue(_neighbours),
            Lambda = arguments.GetValue(_lambda),
            Dropout = arguments.GetValue(_dropout),
            Xi = arguments.GetValue(_xi),
            Alpha = arguments.GetValue(_alpha),
            Beta = arguments.GetValue(_beta),
            Shrinkage = arguments.GetValue(_shrinkage),
            RecentDays = arguments.GetValue(_recent),
            HalfLifeDays = arguments.GetValue(_halfLife),
            PopularityWeight = arguments.GetValue(_blend),
        };
        Require(options.Lambda > 0 || !IsLinear(options.Algorithm), "--lambda is above 0");
        Require(options.Dropout is >= 0 and < 1, "--dropout is at least 0 and below 1");
        Require(options.Xi is null or (>= 0 and <= 1), "--xi lies from 0 to 1");
        Require(options.Alpha is >= 0 and <= 1 && options.Beta is >= 0 and <= 1, "--alpha and --beta lie from 0 to 1");
        Require(options.Neighbours >= 1, "--neighbours is 1 or more");
        Require(
            options.Shrinkage >= 0 && options.HalfLifeDays >= 0, "--shrinkage and --half-life are 0 or more");
        Require(options.RecentDays > 0, "--recent-days is above 0");
        Require(double.IsFinite(options.PopularityWeight), "--popularity-weight is a number");
        return options;
    }

    private static bool IsLinear(ModelAlgorithm algorithm) =>
        algorithm is ModelAlgorithm.Ease or ModelAlgorithm.Edlae or ModelAlgorithm.Rlae or ModelAlgorithm.Dan;

    private static void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new UsageException(CliCodes.BadHyperparameter, $"{rule}. Nothing was trained.");
        }
    }

    private static Option<double> Hyperparameter(string name, string description, double usual) => new(name)
    {
        Description = description, HelpName = "X", DefaultValueFactory = _ => usual,
    };

    [GeneratedRegex("(?<=[a-z])([A-Z])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CamelEnd();
}
