using Landfall.Estate;
using Landfall.Estate.Agreements;
using Landfall.Estate.Zones;

namespace Landfall.Governance;

/// <summary>Who may decide on agreements: members of the group that owns what is provided, or its zone.</summary>
public static class AgreementOwners
{
    /// <summary>Refuses a user who may not decide.</summary>
    /// <exception cref="LandfallException">LF3008.</exception>
    public static void Require(EstateDefinition estate, Agreement agreement, string user)
    {
        Zone provider = estate.Zones.Single(z => z.Id == agreement.ProviderZone);
        string unit = provider.Integrations.FirstOrDefault(i => i.Id == agreement.ProviderUnit)?.Owner
            ?? provider.Products.FirstOrDefault(p => p.Id == agreement.ProviderUnit)?.Owner
            ?? provider.Owner;
        string[] owners = [.. new[] { unit, provider.Owner }.Distinct()];
        if (!IsMember(estate, owners, user))
        {
            throw new LandfallException(
                "LF3008",
                $"{user} may not decide on {agreement.Id}: {string.Join(" and ", owners)} own what it shares. Nothing "
                + $"was changed. Have one of these decide: {string.Join(", ", Members(estate, owners))}.");
        }
    }

    /// <summary>Refuses a user who may not ask for a product.</summary>
    /// <exception cref="LandfallException">LF3008.</exception>
    public static void RequireConsumer(EstateDefinition estate, Zone consumer, string product, string user)
    {
        string owner = consumer.Products.Single(p => p.Id == product).Owner;
        string[] owners = [.. new[] { owner, consumer.Owner }.Distinct()];
        if (!IsMember(estate, owners, user))
        {
            throw new LandfallException(
                "LF3008",
                $"{user} may not ask for {consumer.Id}.{product}: {string.Join(" and ", owners)} own it. Nothing was "
                + $"changed. Have one of these ask: {string.Join(", ", Members(estate, owners))}.");
        }
    }

    private static bool IsMember(EstateDefinition estate, string[] groups, string user) =>
        Members(estate, groups).Contains(user);

    private static IEnumerable<string> Members(EstateDefinition estate, string[] groups) => estate.Management.Groups
        .Where(g => groups.Contains(g.Id)).SelectMany(g => g.Members).Distinct();
}
