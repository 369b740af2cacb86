using Landfall.Azure.Bicep;
using Landfall.Azure.Design;

namespace Landfall.Azure.Generation;

/// <summary>Takes the id of a resource apart: what is there already is given by its id.</summary>
internal static class ExistingId
{
    /// <summary>The subscription of <c>/subscriptions/S/resourceGroups/G/providers/…/NAME</c>.</summary>
    public static string Subscription(string id) => id.Split('/')[2];

    /// <summary>The resource group.</summary>
    public static string Group(string id) => id.Split('/')[4];

    /// <summary>The name.</summary>
    public static string Name(string id) => id[(id.LastIndexOf('/') + 1)..];

    /// <summary>The scope of the resource's group, as parameters.</summary>
    /// <param name="parameters">Where they are added.</param>
    /// <param name="key">What their names begin with.</param>
    /// <param name="id">The id.</param>
    public static Call Scope(ParameterGroup<Placement> parameters, string key, Func<Placement, string> id)
    {
        Expression subscription = parameters.Add($"{key}Subscription", p => Subscription(id(p)));
        Expression group = parameters.Add($"{key}Group", p => Group(id(p)));
        return new("resourceGroup", subscription, group);
    }
}
