using System.CommandLine;
using Landfall.Engine;
using Landfall.Recommender.Registry;

namespace Landfall.Cli.Commands;

/// <summary><c>recommender promote</c>: gives an alias to a version.</summary>
internal sealed class RecommenderPromoteCommand : LandfallCommand
{
    private readonly Option<string?> _product = ModelOption.Create();

    private readonly Argument<int> _version = new("VERSION") { Description = "The version." };

    private readonly Option<string> _alias = ModelOption.Alias();

    public RecommenderPromoteCommand()
        : base(
            "promote",
            "Make a version the champion, which endpoints serve, or the challenger. Only what meets the promotion "
            + "criteria becomes champion. Running endpoints follow within seconds.",
            "recommender promote 3",
            "recommender promote 4 --alias challenger")
    {
        Add(_version);
        Add(_alias);
        Add(_product);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using EngineSession session = context.OpenSession();
        RegistryStore store = new(
            session, ModelOption.Resolve(session.Estate, context.Arguments.GetValue(_product)));
        int number = context.Arguments.GetRequiredValue(_version);
        string alias = context.Arguments.GetValue(_alias)!;
        (ModelVersion version, long committed) = await store.GiveAsync(
            alias, registry => registry.Require(number), $"promoted by {Environment.UserName}", cancellationToken);
        context.Output.WriteInfo(committed < 0
            ? $"Version {version.Version} is the {alias} already. Nothing was changed."
            : $"Version {version.Version} is the {alias} now. Back with: "
              + context.Invocation($"recommender rollback --alias {alias}"));
        return ExitCodes.Success;
    }
}
