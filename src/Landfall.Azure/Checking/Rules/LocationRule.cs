using Landfall.Azure.Checking.Tables;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking.Rules;

/// <summary>Locations are regions of Azure, and those that the environment names.</summary>
internal sealed class LocationRule : ICheckRule
{
    public IEnumerable<Finding> Check(CheckScope scope)
    {
        string[] named = [.. scope.Set.Targets.Select(t => Regions.Normalize(t.Location)).Distinct()];
        return scope.Resources
            .Select(r => (Resource: r, Location: r.Resource.Body.At("location").Text()))
            .Where(r => r.Location is not null)
            .Select(r => Check(scope, r.Resource, r.Location!, named))
            .OfType<Finding>();
    }

    private static Finding? Check(CheckScope scope, CheckedResource resource, string location, string[] named)
    {
        string type = resource.Resource.Type;
        string name = Regions.Normalize(location);
        if (name == Regions.Global ? Regions.MayBeGlobal(type) : !Regions.MustBeGlobal(type) && named.Contains(name))
        {
            return null;
        }

        if (name != Regions.Global && Regions.IsRegion(name) && !Regions.MustBeGlobal(type))
        {
            return scope.Set.IsForeign ? null : scope.At(
                resource,
                "location",
                CheckCodes.ForeignRegion,
                FindingSeverity.Error,
                $"The environment has no region {name}.",
                $"Use {string.Join(" or ", named)}.");
        }

        return scope.At(
            resource,
            "location",
            CheckCodes.UnknownRegion,
            FindingSeverity.Error,
            Regions.MustBeGlobal(type) || name == Regions.Global
                ? $"{type} cannot lie in {location}."
                : $"{location} is no region of Azure.",
            Regions.MustBeGlobal(type) ? "Write global." : "Write the name of a region, as az account list-locations "
                + "shows it.");
    }
}
