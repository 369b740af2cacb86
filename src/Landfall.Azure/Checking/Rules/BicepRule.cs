using Landfall.Azure.Compiler;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking.Rules;

/// <summary>
/// The compiler reports nothing. Type errors are warnings to it, with which it ends well: whatever it says counts.
/// </summary>
internal sealed class BicepRule : ICheckRule
{
    public IEnumerable<Finding> Check(CheckScope scope) => scope.Deployments.SelectMany(d => Check(scope, d));

    private static IEnumerable<Finding> Check(CheckScope scope, EvaluatedDeployment deployment)
    {
        IEnumerable<Finding> reported = deployment.Compilation.Diagnostics.Select(d => scope.At(
            deployment,
            PlaceOf(d),
            CheckCodes.Bicep,
            d.Level.Equals("Error", StringComparison.OrdinalIgnoreCase)
                ? FindingSeverity.Error
                : FindingSeverity.Warning,
            $"{d.Code}: {d.Message.TrimEnd('.')}.",
            "Correct it in the file."));
        Finding? failed = FailureOf(deployment) is { } why
            ? scope.At(
                deployment,
                deployment.Target.Parameters,
                CheckCodes.NotEvaluated,
                FindingSeverity.Error,
                $"The deployment cannot be evaluated: {why.TrimEnd('.')}.",
                "Correct what the compiler names; nothing else of the deployment was checked.")
            : null;
        return failed is null ? reported : reported.Append(failed);
    }

    private static string? FailureOf(EvaluatedDeployment deployment) =>
        deployment.Compilation is { Success: false, Diagnostics.IsEmpty: true }
            ? "it does not compile"
            : deployment.Failure;

    private static string PlaceOf(BicepDiagnostic found) =>
        FormattableString.Invariant(
            $"{found.Source}:{found.Range.Start.Line + 1}:{found.Range.Start.Char + 1}");
}
