using System.CommandLine;
using Landfall.Engine;
using Landfall.Estate;
using Landfall.Recommender.Registry;

namespace Landfall.Cli.Commands;

/// <summary><c>recommender rollback</c>: gives an alias back to the version that had it before.</summary>
internal sealed class RecommenderRollbackCommand : LandfallCommand
{
    private readonly Option<string?> _product = ModelOption.Create();

    private readonly Option<string> _alias = ModelOption.Alias();

    public RecommenderRollbackCommand()
        : base(
            "rollback",
            "Give an alias back to the version that had it before. Running endpoints follow within seconds.",
            "recommender rollback",
            "recommender rollback --alias challenger")
    {
        Add(_alias);
        Add(_product);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using EngineSession session = context.OpenSession();
        RegistryStore store = new(
            session, ModelOption.Resolve(session.Estate, context.Arguments.GetValue(_product)));
        string alias = context.Arguments.GetValue(_alias)!;
        (ModelVersion version, _) = await store.GiveAsync(
            alias,
            registry => registry.Before(alias) ?? throw new LandfallException(
                "LF4406",
                $"No version was the {alias} before. Nothing was changed. List versions with: "
                + "landfall recommender versions"),
            $"rolled back by {Environment.UserName}", cancellationToken);
        context.Output.WriteInfo($"Version {version.Version} is the {alias} again.");
        return ExitCodes.Success;
    }
}
