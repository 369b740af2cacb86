using System.Collections.Immutable;
using System.Text.Json;
using Landfall.Azure.Checking.Rules;
using Landfall.Azure.Deployments;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking;

/// <summary>Checks the deployments of a folder by all rules.</summary>
/// <param name="evaluator">Compiles and evaluates them.</param>
/// <param name="now">The time, which decides whether exemptions from policies have ended.</param>
public sealed class DeploymentChecker(DeploymentEvaluator evaluator, DateTimeOffset now)
{
    /// <summary>
    /// Rules about one deployment alone, which ask Azure's types or read its template: what they find is kept by
    /// content.
    /// </summary>
    private static readonly ImmutableArray<ICheckRule> OfOne =
        [new ListedValueRule(), new ApiVersionRule(), new NameRule(), new SecretRule(), new TemplateLimitRule()];

    private static readonly ImmutableArray<ICheckRule> OfAll =
    [
        new BicepRule(), new RoleRule(), new DuplicateRule(), new ReferenceRule(), new AddressRule(), new SubnetRule(),
        new PeeringRule(), new ClusterRangeRule(), new PrivateEndpointRule(), new LocationRule(),
        new FactoryReferenceRule(),
    ];

    /// <summary>Checks environments of a folder.</summary>
    /// <param name="folder">Absolute path.</param>
    /// <param name="sets">The environments.</param>
    /// <param name="progress">Told each deployment before it is compiled; null where nobody asks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<CheckResult> CheckAsync(
        string folder, ImmutableArray<TargetSet> sets, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        List<CheckScope> scopes = [];
        foreach (TargetSet set in sets)
        {
            scopes.Add(new(set, await EvaluateAsync(folder, set, progress, cancellationToken)));
        }

        IEnumerable<Finding> found = scopes.SelectMany(s => OfAll.SelectMany(r => r.Check(s)))
            .Concat(scopes.SelectMany(s => s.Deployments.SelectMany(d => Find(s.Set, d))))
            .Concat(scopes.SelectMany(FindOfPolicies))
            .Concat(GlobalNames.Check(scopes));
        return new(
            [
                .. found.Distinct()
                    .OrderBy(f => f.Environment, StringComparer.Ordinal)
                    .ThenBy(f => f.Deployment, StringComparer.Ordinal)
                    .ThenBy(f => f.Place, StringComparer.Ordinal)
                    .ThenBy(f => f.Code, StringComparer.Ordinal),
            ],
            [.. scopes.SelectMany(s => s.Deployments.Select(d => (s.Set.Environment, d)))]);
    }

    private async Task<ImmutableArray<EvaluatedDeployment>> EvaluateAsync(
        string folder, TargetSet set, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        List<EvaluatedDeployment> evaluated = [];
        foreach (DeploymentTarget target in set.Targets)
        {
            progress?.Report(target.Parameters);
            evaluated.Add(await evaluator.EvaluateAsync(folder, target, cancellationToken));
        }

        return [.. evaluated];
    }

    /// <summary>What the rules about one deployment find.</summary>
    private Finding[] Find(TargetSet set, EvaluatedDeployment deployment) => Kept(
        $"findings {set.Environment} {deployment.Key}", deployment.Key.Length > 0, () =>
        {
            CheckScope alone = new(set, [deployment]);
            return OfOne.SelectMany(r => r.Check(alone));
        });

    /// <summary>
    /// What policies find in all deployments: kept unless the time decides more than which exemptions ended.
    /// </summary>
    private Finding[] FindOfPolicies(CheckScope scope)
    {
        PolicyRule rule = new(now);
        IEnumerable<string> keys = scope.Deployments.Select(d => d.Key);
        bool isKept = keys.All(k => k.Length > 0) && !PolicyRule.AsksForTime(scope);
        return Kept(
            $"policies {scope.Set.Environment} {string.Join(' ', keys)} ended {string.Join(' ', rule.Ended(scope))}",
            isKept, () => rule.Check(scope));
    }

    /// <summary>What was found before; from the cache where the content and these rules are the same.</summary>
    private Finding[] Kept(string content, bool isKept, Func<IEnumerable<Finding>> find)
    {
        Guid rules = typeof(DeploymentChecker).Module.ModuleVersionId;
        string key = SnapshotCache.HashOf($"{rules} {content}");
        if (isKept && evaluator.Cache?.Read(key) is { } known
            && JsonSerializer.Deserialize<Finding[]>(known) is { } kept)
        {
            return kept;
        }

        Finding[] found = [.. find()];
        if (isKept)
        {
            evaluator.Cache?.Write(key, JsonSerializer.Serialize(found));
        }

        return found;
    }
}
