using Landfall.Estate.Management;
using Landfall.Estate.Reading;

namespace Landfall.Estate.Validation;

/// <summary>Owners and members exist.</summary>
internal static class IdentityChecks
{
    public static void Check(EstateDefinition estate, Report report)
    {
        ManagementZone management = estate.Management;
        CheckOwner(estate, report, "management/owner", management.Owner);
        string[] identities = [.. management.Users, .. management.ServicePrincipals];
        foreach (Group group in management.Groups)
        {
            foreach (string member in group.Members)
            {
                _ = report.Known(
                    "LF1036", $"management/group:{group.Id}/member:{member}", member, identities,
                    "user or service principal");
            }
        }

        foreach (string twice in management.Users.Intersect(management.ServicePrincipals))
        {
            report.Error(
                "LF1022", $"management/identity:{twice}",
                $"'{twice}' is both a user and a service principal.", "Remove one.");
        }
    }

    /// <summary>Reports an owner that is no group.</summary>
    public static void CheckOwner(EstateDefinition estate, Report report, string key, string owner) =>
        _ = report.Known("LF1030", key, owner, estate.Management.Groups.Select(g => g.Id), "group");
}
