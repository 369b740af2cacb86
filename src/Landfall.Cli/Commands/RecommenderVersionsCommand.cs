using System.CommandLine;
using Landfall.Cli.Output;
using Landfall.Engine;
using Landfall.Estate.Products;
using Landfall.Recommender.Registry;

namespace Landfall.Cli.Commands;

/// <summary><c>recommender versions</c>: what the registry of a model has.</summary>
internal sealed class RecommenderVersionsCommand : LandfallCommand
{
    private readonly Option<string?> _product = ModelOption.Create();

    public RecommenderVersionsCommand()
        : base(
            "versions",
            "List the registered versions of a model, whether each may be promoted and which aliases they have.",
            "recommender versions",
            "recommender versions --format json") => Add(_product);

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using EngineSession session = context.OpenSession();
        Product product = ModelOption.Resolve(session.Estate, context.Arguments.GetValue(_product));
        ModelRegistry registry = await new RegistryStore(session, product).ReadAsync(cancellationToken);
        Write(context.Output, registry);
        context.Output.WriteInfo(registry.Versions.IsEmpty
            ? $"{product.Id} has no version yet. Train one with: "
              + context.Invocation($"run --select +{product.Id}")
            : $"{Amount.Count(registry.Versions.Length, "version")}. What one is: "
              + context.Invocation($"recommender card {registry.Versions[^1].Version}"));
        return ExitCodes.Success;
    }

    private static void Write(CliOutput output, ModelRegistry registry)
    {
        bool people = output.Format == OutputFormat.Table;
        IRowWriter rows = output.Rows(
            new("version", true), new("aliases"), new("registered"), new("trained_through"), new("algorithm"),
            new("ndcg", true), new("recall", true), new("promotion"), new("reason"));
        foreach (ModelVersion version in registry.Versions)
        {
            rows.Write(
            [
                version.Version,
                string.Join(
                    ", ",
                    new[] { ModelRegistry.Champion, ModelRegistry.Challenger }
                        .Where(a => registry.Find(a)?.Version == version.Version)),
                people ? version.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm") : version.At,
                version.TrainedThrough,
                version.Options.Algorithm.ToString().ToLowerInvariant(),
                people ? version.Ndcg.ToString("0.0000") : version.Ndcg,
                people ? version.Recall.ToString("0.0000") : version.Recall,
                version.Passed ? "passed" : "refused",
                version.PromotionReason,
            ]);
        }

        rows.End();
    }
}
