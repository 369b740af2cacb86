using System.Text;
using System.Text.Json;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking.Rules;

/// <summary>Compiled templates stay well below what Azure accepts.</summary>
internal sealed class TemplateLimitRule : ICheckRule
{
    private const int MaximumBytes = 1024 * 1024;
    private const int MaximumDeployments = 100;

    public IEnumerable<Finding> Check(CheckScope scope) => scope.Deployments
        .Where(d => d.Compilation.Template is not null)
        .SelectMany(d => Check(scope, d, d.Compilation.Template!));

    private static IEnumerable<Finding> Check(CheckScope scope, EvaluatedDeployment deployment, string template)
    {
        int bytes = Encoding.UTF8.GetByteCount(template);
        if (bytes > MaximumBytes)
        {
            yield return scope.At(
                deployment,
                deployment.Target.Parameters,
                CheckCodes.LargeTemplate,
                FindingSeverity.Error,
                FormattableString.Invariant($"The compiled template has {bytes} bytes, more than {MaximumBytes}."),
                "Split the deployment.");
        }

        using var document = JsonDocument.Parse(template);
        int nested = NestedTemplates.Of(document.RootElement).Count();
        if (nested > MaximumDeployments)
        {
            yield return scope.At(
                deployment,
                deployment.Target.Parameters,
                CheckCodes.ManyDeployments,
                FindingSeverity.Error,
                FormattableString.Invariant(
                    $"The template nests {nested} deployments, more than {MaximumDeployments}."),
                "Use loops over modules that make several resources, or split the deployment.");
        }
    }
}
