using System.Diagnostics.CodeAnalysis;

namespace Landfall.Azure.Snapshots;

/// <summary>Reads the parts of resource ids. Ids are compared without regard to case.</summary>
public static class ResourceId
{
    /// <summary>Compares ids.</summary>
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>Whether a text is the id of something in a subscription, or of something built in.</summary>
    public static bool IsId(string text) =>
        (text.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("/providers/Microsoft.", StringComparison.OrdinalIgnoreCase))
        && !text.Any(c => char.IsWhiteSpace(c) || c is '?' or '{' or '[' or '\'' or '"');

    /// <summary>Its type, for example <c>Microsoft.Network/virtualNetworks</c>; empty where there is none.</summary>
    public static string TypeOf(string id)
    {
        string[] parts = Parts(id);
        int provider = Array.FindLastIndex(parts, p => p.Equals("providers", StringComparison.OrdinalIgnoreCase));
        if (provider < 0)
        {
            return parts.Length switch
            {
                2 => "Microsoft.Resources/subscriptions",
                4 => "Microsoft.Resources/resourceGroups",
                _ => "",
            };
        }

        IEnumerable<string> types = parts.Skip(provider + 2).Where((_, i) => i % 2 == 0);
        return string.Join('/', parts.Skip(provider + 1).Take(1).Concat(types));
    }

    /// <summary>The last part.</summary>
    public static string NameOf(string id) => id[(id.LastIndexOf('/') + 1)..];

    /// <summary>The id without its last type and name; null where nothing is left.</summary>
    public static string? ParentOf(string id)
    {
        string[] parts = Parts(id);
        int keep = parts.Length - 2;
        if (keep >= 2 && parts[keep - 2].Equals("providers", StringComparison.OrdinalIgnoreCase))
        {
            keep -= 2;
        }

        return keep <= 0 ? null : "/" + string.Join('/', parts.Take(keep));
    }

    /// <summary>The subscription that an id lies in; null where it lies in none.</summary>
    public static string? SubscriptionOf(string id) => After(id, "subscriptions", 0);

    /// <summary>The resource group that an id lies in; null where it lies in none.</summary>
    public static string? GroupOf(string id) => After(id, "resourceGroups", 2);

    /// <summary>Whether an id is another one or lies below it.</summary>
    public static bool IsWithin(string id, string above) =>
        id.StartsWith(above, StringComparison.OrdinalIgnoreCase)
        && (id.Length == above.Length || id[above.Length] == '/');

    /// <summary>The id of the nearest ancestor of a type, or the id itself.</summary>
    public static bool TryAncestor(string id, string type, [NotNullWhen(true)] out string? ancestor)
    {
        for (ancestor = id; ancestor is not null; ancestor = ParentOf(ancestor))
        {
            if (TypeOf(ancestor).Equals(type, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string? After(string id, string word, int at)
    {
        string[] parts = Parts(id);
        return parts.Length > at + 1 && parts[at].Equals(word, StringComparison.OrdinalIgnoreCase)
            ? parts[at + 1]
            : null;
    }

    private static string[] Parts(string id) => id.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
