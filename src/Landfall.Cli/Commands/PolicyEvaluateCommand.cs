using System.Collections.Immutable;
using System.CommandLine;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Evaluation;
using Landfall.Azure.Snapshots;
using Landfall.Cli.Output;

namespace Landfall.Cli.Commands;

/// <summary><c>policy evaluate</c>: what policies of Azure mean for what would be deployed.</summary>
internal sealed class PolicyEvaluateCommand : LandfallCommand
{
    private readonly Option<string?> _policies = Policies();
    private readonly PolicySubject _subject = new();

    public PolicyEvaluateCommand()
        : base(
            "evaluate",
            "Evaluate policies of Azure on what would be deployed. Exit code 1 where one denies, or may deny.",
            "policy evaluate --environment prod",
            "policy evaluate --policies policies --snapshot main.snapshot.json --format json",
            "policy evaluate --policies policies --environment dev")
    {
        Add(_policies);
        _subject.AddTo(this);
    }

    /// <summary>Where policies are.</summary>
    public static Option<string?> Policies() => new("--policies")
    {
        Description = "Folder with policies as .json files; without assignments all bind everything. Default: the "
            + "estate's.",
        HelpName = "DIR",
    };

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string? folder = context.Arguments.GetValue(_policies);
        PolicyLibrary? given = folder is null ? null : PolicyTools.Read(context, folder);
        (ImmutableArray<SnapshotResource> resources, string? tenant) =
            await _subject.ReadAsync(context, cancellationToken);
        // The estate's own policies are among what it deploys, where their scopes are real.
        PolicyLibrary library = given ?? PolicySnapshots.Read(resources);
        PolicyReport report =
            new PolicyEvaluator(library, context.Clock.GetUtcNow(), tenant).Evaluate(resources);
        Write(context, report);
        context.Output.WriteInfo(Summary(report));
        return library.HasErrors || report.Results.Any(PolicyTools.Refuses) ? ExitCodes.Failure : ExitCodes.Success;
    }

    private static void Write(CommandContext context, PolicyReport report)
    {
        if (context.Output.Format == OutputFormat.Table)
        {
            foreach (PolicyResult result in report.Results)
            {
                string decided = string.Join("; ", result.Deciding.TakeLast(2));
                context.Output.WriteText(
                    $"{PolicyTools.Ink(context, result.Outcome)} {result.Policy} ({result.EffectWord}) "
                    + $"{result.Resource}: {result.Message} {decided}");
            }

            return;
        }

        IRowWriter rows = context.Output.Rows(
            new("outcome"), new("policy"), new("effect"), new("resource"), new("message"), new("deciding"));
        foreach (PolicyResult r in report.Results)
        {
            rows.Write([
                OutcomeNames.Of(r.Outcome), r.Policy, r.EffectWord, r.Resource, r.Message,
                string.Join("; ", r.Deciding),
            ]);
        }

        rows.End();
    }

    private static string Summary(PolicyReport report)
    {
        PolicyOutcome[] quiet = [PolicyOutcome.Compliant, PolicyOutcome.NotApplicable];
        IEnumerable<string> counts = Enum.GetValues<PolicyOutcome>().Except(quiet)
            .Where(o => report.Count(o) > 0 || o is PolicyOutcome.Denied or PolicyOutcome.Unknown)
            .Select(o => $"{Amount.Count(report.Count(o))} {OutcomeNames.Of(o)}");
        return $"{Amount.Count(report.Policies, "policy", "policies")} on "
            + $"{Amount.Count(report.Resources, "resource")}: {Amount.Count(report.Count(PolicyOutcome.Compliant))} "
            + $"compliant, {string.Join(", ", counts)}.";
    }
}
