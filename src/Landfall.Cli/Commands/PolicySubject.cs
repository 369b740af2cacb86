using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Landfall.Azure;
using Landfall.Azure.Deployments;
using Landfall.Azure.Generation;
using Landfall.Azure.Snapshots;
using Landfall.Estate;
using Landfall.Estate.Environments;

namespace Landfall.Cli.Commands;

/// <summary>The resources that policies are evaluated on: of snapshots, or of what the estate is in Azure.</summary>
internal sealed class PolicySubject
{
    private readonly Option<string[]> _snapshot = new("--snapshot")
    {
        Description = "What bicep snapshot wrote; may be repeated. Default: the estate, generated and evaluated.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _tenant = new("--tenant")
    {
        Description = "The tenant of the snapshots' subscriptions. Default: not known.",
        HelpName = "GUID",
    };

    private readonly Option<string?> _environment = new("--environment")
    {
        Description = "The estate's environment. Needed where there is no snapshot.",
        HelpName = string.Join('|', AzureEnvironment.Names),
    };

    private readonly Option<string?> _bicep = AzureTools.Bicep();

    /// <summary>Adds its options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_snapshot);
        command.Add(_tenant);
        command.Add(_environment);
        command.Add(_bicep);
    }

    /// <summary>The resources, and the tenant where it is known.</summary>
    /// <exception cref="LandfallException">
    /// LF5330: a snapshot cannot be read. LF5102: the estate's cannot be made.
    /// </exception>
    public async Task<(ImmutableArray<SnapshotResource> Resources, string? Tenant)> ReadAsync(
        CommandContext context, CancellationToken cancellationToken)
    {
        string[] files = context.Arguments.GetValue(_snapshot) ?? [];
        return files.Length > 0
            ? ([.. files.SelectMany(f => Read(f).Resources)], context.Arguments.GetValue(_tenant))
            : await GenerateAsync(context, cancellationToken);
    }

    private static Snapshot Read(string file)
    {
        const string Make = "Make one with: bicep snapshot main.bicepparam --mode overwrite";
        if (!File.Exists(file))
        {
            throw new UsageException(PolicyCodes.NoSnapshot, $"There is no snapshot {file}. {Make}");
        }

        try
        {
            return Snapshot.Parse(File.ReadAllText(file));
        }
        catch (JsonException failure)
        {
            throw new UsageException(
                PolicyCodes.NoSnapshot, $"{file} is no snapshot: {failure.Message.TrimEnd('.')}. {Make}");
        }
    }

    private async Task<(ImmutableArray<SnapshotResource> Resources, string? Tenant)> GenerateAsync(
        CommandContext context, CancellationToken cancellationToken)
    {
        EstateDefinition estate = context.LoadEstate();
        if (context.Arguments.GetValue(_environment) is not { } environment)
        {
            throw new UsageException(
                AzureCodes.UnknownEnvironment,
                "Name an environment of the estate with --environment, or snapshots with --snapshot. Environments: "
                + $"{string.Join(", ", estate.Environments.Select(e => e.Name))}.");
        }

        GeneratedFiles generated = AzureTools.Guard(
            () => EstateGenerator.Generate(estate, environment, context.Clock.GetUtcNow()));
        string folder = Path.Combine(context.Home().Folder, "azure", "estate");
        _ = GeneratedFolder.Write(folder, generated);
        TargetSet set = DeploymentFolder.Read(folder, environment, new()).Single();
        List<SnapshotResource> resources = [];
        _ = await AzureTools.WithCompilerAsync(
            context,
            context.Arguments.GetValue(_bicep),
            async evaluator =>
            {
                IProgress<string> progress = AzureTools.Progress(context.Output);
                foreach (DeploymentTarget target in set.Targets)
                {
                    progress.Report(target.Parameters);
                    EvaluatedDeployment made = await evaluator.EvaluateAsync(folder, target, cancellationToken);
                    resources.AddRange((made.Snapshot ?? throw Failed(made)).Resources);
                }

                return resources.Count;
            });
        return ([.. resources], set.Targets[0].Tenant);
    }

    private static LandfallException Failed(EvaluatedDeployment made) => new(
        CheckCodes.NotEvaluated,
        $"The deployment {made.Target.Name} cannot be evaluated: "
        + $"{(made.Failure ?? "it does not compile").TrimEnd('.')}. Nothing was evaluated. See what is wrong with: "
        + "landfall azure generate and landfall azure check");
}
