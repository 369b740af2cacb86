using System.CommandLine;
using Landfall.Cli.Output;
using Landfall.Engine;
using Landfall.Recommender.Registry;

namespace Landfall.Cli.Commands;

/// <summary><c>recommender card</c>: what a version of a model is, for people or as its report.</summary>
internal sealed class RecommenderCardCommand : LandfallCommand
{
    private readonly Option<string?> _product = ModelOption.Create();

    private readonly Argument<int?> _version = new("VERSION")
    {
        Description = "The version; the champion by default, or the newest without one.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public RecommenderCardCommand()
        : base(
            "card",
            "Show the card of a version: its data, how it was measured, whether it may be promoted. As JSON: the "
            + "report.",
            "recommender card",
            "recommender card 3 --format json")
    {
        Add(_version);
        Add(_product);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using EngineSession session = context.OpenSession();
        RegistryStore store = new(
            session, ModelOption.Resolve(session.Estate, context.Arguments.GetValue(_product)));
        ModelRegistry registry = await store.ReadAsync(cancellationToken);
        ModelVersion version = context.Arguments.GetValue(_version) is { } number
            ? registry.Require(number)
            : registry.Find(ModelRegistry.Champion)
              ?? registry.Require(registry.Versions.LastOrDefault()?.Version ?? 1);
        context.Output.Data.WriteLine(
            context.Output.Format == OutputFormat.Json ? version.Report : version.Card.TrimEnd());
        return ExitCodes.Success;
    }
}
