using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Evaluation;
using Landfall.Estate.Diagnostics;

namespace Landfall.Azure.Checking.Rules;

/// <summary>
/// What the deployments make complies with the policies that they assign. Unlike other rules, one that may refuse and
/// cannot be decided counts as broken: what is not known must not pass as compliant.
/// </summary>
/// <param name="now">The time, which decides whether exemptions have ended.</param>
internal sealed class PolicyRule(DateTimeOffset now) : ICheckRule
{
    public IEnumerable<Finding> Check(CheckScope scope)
    {
        PolicyLibrary library = PolicySnapshots.Read(scope.Resources.Select(r => r.Resource));
        if (library.AssignmentCount == 0)
        {
            return [];
        }

        string? tenant = scope.Set.IsForeign ? null : scope.Set.Targets.FirstOrDefault()?.Tenant;
        ILookup<string, CheckedResource> resources = scope.Resources.ToLookup(r => r.Resource.Id);
        IEnumerable<Diagnostic> wrong = library.Diagnostics.Concat(PolicyEvaluator.CheckFields(library))
            .Where(d => d.Severity == Severity.Error);
        PolicyReport report = new PolicyEvaluator(library, now, tenant).Evaluate(
            scope.Resources.Select(r => r.Resource));
        return wrong.Select(d => Finding(scope, resources[d.Location.File].First(), d))
            .Concat(report.Results.Select(r => Finding(scope, resources[r.Resource].First(), r)).OfType<Finding>());
    }

    /// <summary>Whether a policy asks what time it is.</summary>
    public static bool AsksForTime(CheckScope scope) => scope.Of("Microsoft.Authorization/policyDefinitions").Any(
        d => d.Resource.Body.GetRawText().Contains("utcNow", StringComparison.OrdinalIgnoreCase));

    /// <summary>Ids of the exemptions that have ended.</summary>
    public IEnumerable<string> Ended(CheckScope scope) =>
        PolicySnapshots.Read(scope.Of("Microsoft.Authorization/policyExemptions").Select(e => e.Resource))
            .EndedExemptions(now);

    private static Finding Finding(CheckScope scope, CheckedResource resource, Diagnostic diagnostic) => scope.At(
        resource, "", diagnostic.Code, FindingSeverity.Error, diagnostic.Message, diagnostic.Hint ?? "");

    private static Finding? Finding(CheckScope scope, CheckedResource resource, PolicyResult result)
    {
        const string Explain = "See landfall policy explain, and change the resource or exempt it.";
        string decided = string.Join("; ", result.Deciding.TakeLast(2));
        return result.Outcome switch
        {
            PolicyOutcome.Denied => scope.At(
                resource, "", PolicyCodes.Denied, FindingSeverity.Error,
                $"The policy {result.Policy} denies it: {decided}. {result.Message}", Explain),
            PolicyOutcome.Unknown => scope.At(
                resource, "", PolicyCodes.Unknown, result.CanRefuse ? FindingSeverity.Warning : FindingSeverity.Note,
                $"Of the policy {result.Policy} ({result.EffectWord}) it is not known what it says: {decided}.",
                Explain),
            PolicyOutcome.Audited => scope.At(
                resource, "", PolicyCodes.Audited, FindingSeverity.Note,
                $"The policy {result.Policy} reports it: {decided}. {result.Message}", Explain),
            PolicyOutcome.Altered or PolicyOutcome.Deploys => scope.At(
                resource, "", PolicyCodes.Altered, FindingSeverity.Note,
                $"The policy {result.Policy} changes it when it is deployed: {result.Message}",
                "Write it into the deployment, so that it says what will be there."),
            _ => null,
        };
    }
}
