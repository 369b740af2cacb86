using System.CommandLine;

namespace Landfall.Cli.Commands;

/// <summary>Every command, in the order help lists them.</summary>
internal static class CommandList
{
    /// <summary>Makes the commands anew.</summary>
    public static IReadOnlyList<Command> All =>
    [
        new UpCommand(),
        new DownCommand(),
        new ServeCommand(),
        new ValidateCommand(),
        new PlanCommand(),
        new RunCommand(),
        new StatusCommand(),
        new RunsCommand(),
        new LogsCommand(),
        new QueryCommand(),
        new ShowCommand(),
        new HistoryCommand(),
        new QuarantineCommand(),
        new ReplayCommand(),
        new CommandGroup("contract", "Contracts and what their sources do.", new ContractAcceptCommand()),
        new CommandGroup(
            "share",
            "Agreements by which zones share tables.",
            new ShareListCommand(),
            new ShareRequestCommand(),
            new ShareApproveCommand(),
            new ShareRejectCommand(),
            new ShareRevokeCommand()),
        new CommandGroup(
            "user",
            "Logins of people and applications to the served tables.",
            new UserAddCommand(),
            new UserPasswordCommand(),
            new UserRemoveCommand(),
            new UserListCommand()),
        new CommandGroup("ca", "The authority that vouches for the embedded PostgreSQL.", new CaExportCommand()),
        new CommandGroup("bi", "Tools of analysts.", new BiConnectCommand()),
        new OptimizeCommand(),
        new VacuumCommand(),
        new RestoreCommand(),
        new CompileCommand(),
        new VerifyCommand(),
        new CommandGroup(
            "delta",
            "Delta tables in any folder, whoever wrote them; no estate is needed.",
            new DeltaShowCommand(),
            new DeltaHistoryCommand(),
            new DeltaCheckCommand()),
        new CommandGroup(
            "recommender",
            "The cloud service recommender.",
            new RecommenderStatusCommand(),
            new RecommenderVersionsCommand(),
            new RecommenderCardCommand(),
            new RecommenderPromoteCommand(),
            new RecommenderRollbackCommand(),
            new RecommenderKeysCommand(),
            new RecommenderEvaluateCommand()),
        new CommandGroup(
            "azure",
            "The estate as Azure resources.",
            new AzureGenerateCommand(),
            new AzureCheckCommand(),
            new AzurePlanCommand()),
        new CommandGroup(
            "policy",
            "Policies of Azure, evaluated before anything is deployed.",
            new PolicyEvaluateCommand(),
            new PolicyExplainCommand(),
            new PolicyTestCommand()),
        new CommandGroup(
            "demo",
            "The demo's source systems: what Relecloud's own servers would be.",
            new DemoSourcesCommand()),
        new DoctorCommand(),
        new VersionCommand(),
    ];
}
