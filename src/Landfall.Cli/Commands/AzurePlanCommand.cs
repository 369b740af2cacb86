using System.Collections.Immutable;
using System.CommandLine;
using Landfall.Azure;
using Landfall.Azure.Planning;
using Landfall.Cli.Output;

namespace Landfall.Cli.Commands;

/// <summary><c>azure plan</c>: what one folder of deployments would change of what another one deployed.</summary>
internal sealed class AzurePlanCommand : LandfallCommand
{
    private const int RefusalsShown = 12;

    private readonly Argument<string> _old = new("OLD") { Description = "Folder that is deployed." };
    private readonly Argument<string> _new = new("NEW") { Description = "Folder that would be deployed." };
    private readonly Option<string?> _environment = AzureTools.Environment();
    private readonly Option<string?> _bicep = AzureTools.Bicep();

    private readonly Option<string[]> _accept = new("--accept")
    {
        Description = "Id of a resource whose change may lose data, or all; may be repeated.",
        HelpName = "ID",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<bool> _markdown = new("--markdown")
    {
        Description = "Write the plan as Markdown, for a pull request.",
    };

    public AzurePlanCommand()
        : base(
            "plan",
            "Compare two folders of deployments by what they make; refuse what loses data. API versions are left out.",
            "azure plan deployed/azure deploy/azure",
            "azure plan deployed/azure deploy/azure --environment prod --markdown",
            "azure plan deployed/azure deploy/azure --accept all --format json")
    {
        Add(_old);
        Add(_new);
        Add(_environment);
        Add(_bicep);
        Add(_accept);
        Add(_markdown);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string[] accepted = context.Arguments.GetValue(_accept) ?? [];
        DeploymentPlan plan = await AzureTools.WithCompilerAsync(
            context,
            context.Arguments.GetValue(_bicep),
            evaluator => new DeploymentPlanner(evaluator).PlanAsync(
                FolderOf(context, _old),
                FolderOf(context, _new),
                context.Arguments.GetValue(_environment),
                AzureTools.Progress(context.Output),
                cancellationToken));
        if (plan.Needless(accepted) is [var needless, ..])
        {
            throw new UsageException(
                CheckCodes.UnknownAccepted,
                $"No change that loses data has the id {needless}. Take an id from the plan, or leave --accept out.");
        }

        if (context.Arguments.GetValue(_markdown))
        {
            context.Output.Data.Write(PlanMarkdown.Of(plan));
        }
        else
        {
            Write(context.Output, plan);
        }

        context.Output.WriteInfo(
            $"{Amount.Count(plan.Count(ChangeKind.Added))} added, "
            + $"{Amount.Count(plan.Count(ChangeKind.Changed))} changed, "
            + $"{Amount.Count(plan.Count(ChangeKind.Removed))} removed, {Amount.Count(plan.Unchanged)} as before.");
        return Report(context.Output, plan.Refused(accepted));
    }

    private static string FolderOf(CommandContext context, Argument<string> argument) =>
        Path.GetFullPath(context.Arguments.GetRequiredValue(argument)).TrimEnd('/');

    private static int Report(CliOutput output, ImmutableArray<PlannedChange> refused)
    {
        foreach (PlannedChange change in refused.Take(RefusalsShown))
        {
            output.Fail(
                CheckCodes.LosesData,
                $"{change.Id} {string.Join("; ", change.Losses)}. Keep it as it is, or accept it with --accept ID.");
        }

        if (refused.Length > RefusalsShown)
        {
            output.Fail(
                CheckCodes.LosesData,
                $"{Amount.Count(refused.Length - RefusalsShown)} more are refused; --format json lists all.");
        }

        return refused.IsEmpty ? ExitCodes.Success : ExitCodes.Failure;
    }

    /// <summary>An id as a line has room for it: the resource group, then types and names.</summary>
    private static string Short(string id) => id.Split("/resourceGroups/", 2)[^1]
        .Replace("/providers/Microsoft.", " ", StringComparison.OrdinalIgnoreCase);

    /// <summary>A row for each property of what changes, and one for what comes or goes.</summary>
    private static void Write(CliOutput output, DeploymentPlan plan)
    {
        IRowWriter rows = output.Rows(
            new("environment"), new("deployment"), new("change"), new("id"), new("path"), new("old"), new("new"),
            new("loses"));
        foreach (PlannedChange change in plan.Changes)
        {
            string word = change.Kind.ToString().ToLowerInvariant();
            string? losses = change.Losses.IsEmpty ? null : string.Join("; ", change.Losses);
            IEnumerable<PropertyChange?> properties =
                change.Properties.IsEmpty ? [null] : change.Properties.Select(p => (PropertyChange?)p);
            foreach (PropertyChange? p in properties)
            {
                string id = output.Format == OutputFormat.Table ? Short(change.Id) : change.Id;
                rows.Write([change.Environment, change.Deployment, word, id, p?.Path, p?.Old, p?.New, losses]);
            }
        }

        rows.End();
    }
}
