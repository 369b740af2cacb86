using Landfall.Azure.Bicep;
using Landfall.Azure.Design;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Generation;

/// <summary>Parameters of what is there already, which is given by its id.</summary>
internal static class ExistingId
{
    /// <summary>The scope of the resource's group, as parameters.</summary>
    /// <param name="parameters">Where they are added.</param>
    /// <param name="key">What their names begin with.</param>
    /// <param name="id">The id.</param>
    public static Call Scope(ParameterGroup<Placement> parameters, string key, Func<Placement, string> id)
    {
        Expression subscription = parameters.Add($"{key}Subscription", p => ResourceId.SubscriptionOf(id(p))!);
        Expression group = parameters.Add($"{key}Group", p => ResourceId.GroupOf(id(p))!);
        return new("resourceGroup", subscription, group);
    }
}
