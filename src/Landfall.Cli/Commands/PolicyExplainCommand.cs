using System.Collections.Immutable;
using System.CommandLine;
using Landfall.Azure;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Evaluation;
using Landfall.Azure.Policies.Language;
using Landfall.Azure.Snapshots;
using Landfall.Cli.Output;

namespace Landfall.Cli.Commands;

/// <summary><c>policy explain</c>: every policy that applies to a resource, and what decided it.</summary>
internal sealed class PolicyExplainCommand : LandfallCommand
{
    private const int CandidatesShown = 8;

    private readonly Argument<string> _resource = new("RESOURCE")
    {
        Description = "Id of the resource, its end, or its name.",
    };

    private readonly Option<string?> _policies = PolicyEvaluateCommand.Policies();
    private readonly PolicySubject _subject = new();

    private readonly Option<bool> _all = new("--all")
    {
        Description = "Show the policies too that are for other types of resources.",
    };

    public PolicyExplainCommand()
        : base(
            "explain",
            "Show every policy that applies to a resource, what it means, and the condition that decided it.",
            "policy explain rg-billing-prod-lake --environment prod",
            "policy explain storageAccounts/stbillinglakedev --environment dev --all",
            "policy explain vaults/kv-1 --policies policies --snapshot main.snapshot.json --format json")
    {
        Add(_resource);
        Add(_policies);
        _subject.AddTo(this);
        Add(_all);
    }

    protected override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        string? folder = context.Arguments.GetValue(_policies);
        PolicyLibrary? given = folder is null ? null : PolicyTools.Read(context, folder);
        (ImmutableArray<SnapshotResource> resources, string? tenant) =
            await _subject.ReadAsync(context, cancellationToken);
        SnapshotResource resource = Find(resources, context.Arguments.GetRequiredValue(_resource));
        ImmutableArray<PolicyResult> all = new PolicyEvaluator(
            given ?? PolicySnapshots.Read(resources), context.Clock.GetUtcNow(), tenant).Explain(resources, resource);
        ImmutableArray<PolicyResult> shown =
            context.Arguments.GetValue(_all) ? all : [.. all.Where(IsAbout)];
        Write(context, resource, shown);
        context.Output.WriteInfo(
            $"{Amount.Count(shown.Length, "policy", "policies")} for it, "
            + $"{Amount.Count(shown.Count(r => r.Outcome == PolicyOutcome.Unknown))} of them unknown; "
            + $"{Amount.Count(all.Length - shown.Length)} for other resources.");
        return shown.Any(PolicyTools.Refuses) ? ExitCodes.Failure : ExitCodes.Success;
    }

    /// <summary>Whether a policy is about such a resource: its type or mode does not put it out.</summary>
    private static bool IsAbout(PolicyResult result) => result.Outcome != PolicyOutcome.NotApplicable
        && !(result.Outcome == PolicyOutcome.Compliant
            && result.Trace?.Deciding().ToArray() is [ConditionTrace only, ..]
            && only.Text.StartsWith("type ", StringComparison.Ordinal) && only.Result == Truth.False);

    private static SnapshotResource Find(ImmutableArray<SnapshotResource> resources, string wanted)
    {
        string end = "/" + wanted.TrimStart('/');
        SnapshotResource[] found =
        [
            .. resources.Where(r => r.Id.EndsWith(end, StringComparison.OrdinalIgnoreCase)
                || r.Id.Equals(wanted, StringComparison.OrdinalIgnoreCase)).DistinctBy(r => r.Id),
        ];
        if (found is [var only])
        {
            return only;
        }

        string[] near = found.Length > 0
            ? [.. found.Select(r => r.Id)]
            : [.. resources.Where(r => r.Id.Contains(wanted, StringComparison.OrdinalIgnoreCase)).Select(r => r.Id)];
        string more = near.Length > CandidatesShown ? ", …" : ".";
        string hint = near.Length == 0
            ? "Take an id that landfall azure check, or the snapshot, names."
            : $"Name one of: {string.Join(", ", near.Take(CandidatesShown))}{more}";
        throw new UsageException(
            PolicyCodes.NoResource,
            found.Length == 0 ? $"No resource is called {wanted}. {hint}"
                : $"{found.Length} resources are called {wanted}. {hint}");
    }

    private static void Write(CommandContext context, SnapshotResource resource, ImmutableArray<PolicyResult> results)
    {
        if (context.Output.Format == OutputFormat.Table)
        {
            context.Output.WriteText($"{resource.Id} ({resource.Type}@{resource.ApiVersion})");
            foreach (PolicyResult r in results)
            {
                context.Output.WriteText();
                context.Output.WriteText(
                    $"{PolicyTools.Ink(context, r.Outcome)}  {r.Policy} ({r.EffectWord}): {r.Title}. {r.Message}");
                foreach (ConditionTrace d in r.Trace?.Deciding() ?? [])
                {
                    string word = d.Result.ToString().ToLowerInvariant();
                    context.Output.WriteText($"    {d.Path} is {word}: {d.Text}, found {d.Found}");
                }
            }

            return;
        }

        IRowWriter rows = context.Output.Rows(
            new("outcome"), new("policy"), new("effect"), new("title"), new("message"), new("path"), new("result"),
            new("condition"), new("found"));
        foreach (PolicyResult r in results)
        {
            foreach (ConditionTrace? d in r.Trace is null ? [null] : r.Trace.Deciding().Select(d => (ConditionTrace?)d))
            {
                rows.Write([
                    OutcomeNames.Of(r.Outcome), r.Policy, r.EffectWord, r.Title, r.Message, d?.Path,
                    d?.Result.ToString().ToLowerInvariant(), d?.Text, d?.Found,
                ]);
            }
        }

        rows.End();
    }
}
