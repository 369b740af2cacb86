using Landfall.Azure.Checking.Tables;
using Landfall.Azure.Types;

namespace Landfall.Azure.Checking.Rules;

/// <summary>
/// Types are there, their service has not ended, and their version is the newest stable one or accepted with a reason.
/// One finding a type and version of a deployment.
/// </summary>
internal sealed class ApiVersionRule : ICheckRule
{
    public IEnumerable<Finding> Check(CheckScope scope) => scope.Resources
        .GroupBy(r => (r.Deployment.Target.Name, Key: $"{r.Resource.Type}@{r.Resource.ApiVersion}".ToLowerInvariant()))
        .SelectMany(g => Check(scope, g.First()));

    private static IEnumerable<Finding> Check(CheckScope scope, CheckedResource resource)
    {
        (string type, string version) = (resource.Resource.Type, resource.Resource.ApiVersion);
        string? newest = CheckScope.Types.Newest(type);
        if (ApiVersionTable.RetiredSince(type) is { } since)
        {
            yield return scope.At(
                resource,
                "type",
                CheckCodes.UnknownType,
                FindingSeverity.Error,
                $"The service of {type} ended.",
                $"It is gone since {since}.");
        }
        else if (newest is null)
        {
            yield return scope.At(
                resource,
                "type",
                CheckCodes.UnknownType,
                FindingSeverity.Error,
                $"There is no type {type}.",
                "Look its name up in the reference of Azure's resource types.");
        }
        else if (!CheckScope.Types.Has(type, version))
        {
            yield return scope.At(
                resource,
                "apiVersion",
                CheckCodes.UnknownType,
                FindingSeverity.Error,
                $"{type} has no version {version}; it never had one or it is gone.",
                $"Use {newest}.");
        }
        else if (version != newest && !ApiVersionTable.Accepted.ContainsKey($"{type}@{version}"))
        {
            yield return scope.At(
                resource,
                "apiVersion",
                CheckCodes.OldApiVersion,
                FindingSeverity.Warning,
                !ResourceTypes.IsStable(version) && ResourceTypes.IsStable(newest)
                    ? $"{type} has a stable version; {version} is a preview."
                    : $"{type} has a newer version than {version}.",
                $"Use {newest}.");
        }
    }
}
