using System.CommandLine;
using Landfall.Azure.Checking;
using Landfall.Azure.Deployments;
using Landfall.Azure.Snapshots;
using Landfall.Cli.Output;

namespace Landfall.Cli.Commands;

/// <summary><c>azure check</c>: whether deployments are what Azure would take, without asking it.</summary>
internal sealed class AzureCheckCommand : LandfallCommand
{
    private static readonly ForeignDefaults Defaults = new();

    private readonly Argument<string> _folder = new("DIR")
    {
        Description = "Folder that azure generate wrote, or any other with .bicepparam files.",
    };

    private readonly Option<string?> _environment = AzureTools.Environment();
    private readonly Option<string?> _bicep = AzureTools.Bicep();

    private readonly Option<bool> _unknown = new("--unknown")
    {
        Description = "List the values too that are known only when deployed, about which nothing is said.",
    };

    private readonly Option<string> _tenant =
        Place("--tenant", "GUID", "tenant", Defaults.Tenant);

    private readonly Option<string> _subscription =
        Place("--subscription", "GUID", "subscription", Defaults.Subscription);

    private readonly Option<string> _group =
        Place("--resource-group", "NAME", "resource group", Defaults.ResourceGroup);

    private readonly Option<string> _region =
        Place("--region", "NAME", "region", Defaults.Location);

    private readonly Option<string> _deployment =
        Place("--deployment-name", "NAME", "name", Defaults.DeploymentName);

    public AzureCheckCommand()
        : base(
            "check",
            "Compile and evaluate deployments, and check what Bicep does not and what their policies deny. Exit code 1 "
            + "where something is wrong.",
            "azure check deploy/azure",
            "azure check deploy/azure --environment prod --format json",
            "azure check templates --subscription 00000000-0000-0000-0000-000000000002 --region northeurope")
    {
        Add(_folder);
        Add(_environment);
        Add(_bicep);
        Add(_unknown);
        Add(_tenant);
        Add(_subscription);
        Add(_group);
        Add(_region);
        Add(_deployment);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string folder = Path.GetFullPath(context.Arguments.GetRequiredValue(_folder)).TrimEnd('/');
        ForeignDefaults defaults = new()
        {
            Tenant = context.Arguments.GetRequiredValue(_tenant),
            Subscription = context.Arguments.GetRequiredValue(_subscription),
            ResourceGroup = context.Arguments.GetRequiredValue(_group),
            Location = context.Arguments.GetRequiredValue(_region),
            DeploymentName = context.Arguments.GetRequiredValue(_deployment),
        };
        CheckResult result = await AzureTools.WithCompilerAsync(
            context,
            context.Arguments.GetValue(_bicep),
            evaluator => new DeploymentChecker(evaluator, context.Clock.GetUtcNow()).CheckAsync(
                folder,
                DeploymentFolder.Read(folder, context.Arguments.GetValue(_environment), defaults),
                AzureTools.Progress(context.Output),
                cancellationToken));
        Write(context.Output, result, context.Arguments.GetValue(_unknown));
        context.Output.WriteInfo(Summary(result));
        return result.IsClean ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static Option<string> Place(string name, string help, string word, string standard) => new(name)
    {
        Description = $"The {word} of deployments that others wrote. Default: {standard}.",
        HelpName = help,
        DefaultValueFactory = _ => standard,
    };

    private static void Write(CliOutput output, CheckResult result, bool isUnknownWanted)
    {
        IEnumerable<(string Environment, string Deployment, UnknownValue Value)> unknown =
            isUnknownWanted ? result.Unknown : [];
        if (output.Format == OutputFormat.Table)
        {
            foreach (Finding f in result.Findings)
            {
                string at = At(f.Environment, f.Deployment) + f.Place;
                output.WriteText($"{at}: {Ink(output, f.Severity)} {f.Code}: {f.Message} {f.Fix}");
            }

            foreach ((string environment, string deployment, UnknownValue value) in unknown)
            {
                string at = $"{At(environment, deployment)}{value.Resource} {value.Path}";
                output.WriteText($"{at}: unknown: {value.Expression}");
            }

            return;
        }

        IRowWriter rows = output.Rows(
            new("severity"), new("code"), new("environment"), new("deployment"), new("place"), new("message"),
            new("fix"));
        foreach (Finding f in result.Findings)
        {
            rows.Write([Word(f.Severity), f.Code, f.Environment, f.Deployment, f.Place, f.Message, f.Fix]);
        }

        foreach ((string environment, string deployment, UnknownValue value) in unknown)
        {
            string place = $"{value.Resource} {value.Path}";
            rows.Write(["unknown", null, environment, deployment, place, value.Expression, null]);
        }

        rows.End();
    }

    private static string At(string environment, string deployment) =>
        environment.Length == 0 ? $"{deployment}: " : $"{environment}/{deployment}: ";

    private static string Word(FindingSeverity severity) => severity.ToString().ToLowerInvariant();

    private static string Ink(CliOutput output, FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => output.DataInk.Red(Word(severity)),
        FindingSeverity.Warning => output.DataInk.Yellow(Word(severity)),
        _ => Word(severity),
    };

    private static string Summary(CheckResult result) =>
        $"{Amount.Count(result.Deployments.Length, "deployment")} ({Amount.Count(result.FromCache)} from the cache), "
        + $"{Amount.Count(result.Resources, "resource")}, {Amount.Count(result.Unknown.Count(), "unknown value")}: "
        + $"{Amount.Count(result.Count(FindingSeverity.Error), "error")}, "
        + $"{Amount.Count(result.Count(FindingSeverity.Warning), "warning")}, "
        + $"{Amount.Count(result.Count(FindingSeverity.Note), "note")}.";
}
