using Landfall.Estate;
using Landfall.Estate.Agreements;
using Landfall.Estate.Contracts;
using Landfall.Estate.Integrations;
using Landfall.Estate.Names;
using Landfall.Estate.Products;
using Landfall.Estate.Zones;

namespace Landfall.Governance;

/// <summary>
/// Decides which tables a product may read: those of its own zone; of another zone only with peering, a live agreement
/// and a classification that may leave its zone.
/// </summary>
/// <remarks>Pure: the same estate and time always give the same decision. What is not known is refused.</remarks>
public static class AccessPolicy
{
    /// <summary>Decides whether a product may read a table at a time.</summary>
    /// <param name="estate">The estate.</param>
    /// <param name="consumerZone">Id of the reading product's zone.</param>
    /// <param name="consumerProduct">Id of the reading product.</param>
    /// <param name="table">The table, which need not exist.</param>
    /// <param name="now">The time at which it would be read.</param>
    public static AccessDecision Decide(
        EstateDefinition estate, string consumerZone, string consumerProduct, TableName table, DateTimeOffset now)
    {
        if (TableName.SqlName(consumerZone) == table.Zone)
        {
            return AccessDecision.SameZone;
        }

        Zone? consumer = estate.Zones.FirstOrDefault(z => z.Id == consumerZone);
        Zone? provider = estate.Zones.FirstOrDefault(z => z.SqlName == table.Zone);
        string reader = $"{consumerZone}/{consumerProduct}";
        if (consumer is null || provider is null)
        {
            return AccessDecision.Refused(
                "LF3001", $"{reader} may not read {table}: the estate has no two landing zones of these names.",
                "Products read tables of landing zones.");
        }

        if (!consumer.Peers.Contains(provider.Id) || !provider.Peers.Contains(consumer.Id))
        {
            return AccessDecision.Refused(
                "LF3001",
                $"{reader} may not read {table}: the zones {consumer.Id} and {provider.Id} are not peered.",
                HowToPeer(consumer, provider));
        }

        return table.Table.EndsWith(EstateNames.QuarantineSuffix, StringComparison.Ordinal)
            ? AccessDecision.Refused(
                "LF3006", $"{reader} may not read {table}: quarantined rows never leave their zone.",
                $"Ask {Owner(provider, table.Unit)} to correct and replay them.")
            : ByAgreement(estate, provider, consumerZone, consumerProduct, table, now);
    }

    private static AccessDecision ByAgreement(
        EstateDefinition estate, Zone provider, string consumerZone, string consumerProduct, TableName table,
        DateTimeOffset now)
    {
        Agreement[] candidates =
        [
            .. provider.Agreements.Where(a =>
                a.ProviderZone == provider.Id && TableName.SqlName(a.ProviderUnit) == table.Unit
                && a.ProviderTable == table.Table
                && a.ConsumerZone == consumerZone && a.ConsumerProduct == consumerProduct),
        ];
        string reader = $"{consumerZone}/{consumerProduct}";
        string owner = Owner(provider, table.Unit);
        if (candidates.Length == 0)
        {
            string request = AgreementRequest.Text(provider, table, consumerZone, consumerProduct);
            return AccessDecision.Refused(
                "LF3002",
                $"{reader} may not read {table}: there is no agreement.",
                $"Ask {owner} to add {AgreementRequest.Path(provider, table, consumerZone, consumerProduct)}"
                + $" with:\n{request}");
        }

        // The first one that permits decides; otherwise the refusal of the one that comes closest.
        AccessDecision[] decisions = [.. candidates.Select(a => OfAgreement(a, reader, owner, table, now))];
        AccessDecision best = decisions.FirstOrDefault(d => d.Permitted)
            ?? decisions.MaxBy(d => d.Code, StringComparer.Ordinal)!;
        return best.Permitted ? ByClassification(best, estate, provider, reader, owner, table) : best;
    }

    private static AccessDecision ByClassification(
        AccessDecision permitted, EstateDefinition estate, Zone provider, string reader, string owner, TableName table)
    {
        if (Promised(provider, table) is not { } promised)
        {
            return AccessDecision.Refused(
                "LF3005", $"{reader} may not read {table}: no contract classifies its columns.",
                $"Ask {owner} to add the table to a contract.");
        }

        return promised.Columns.FirstOrDefault(c =>
            (permitted.Columns.IsEmpty || permitted.Columns.Contains(c.Name))
            && !estate.Management.MayCross(c.Classification)) is { } column
            ? AccessDecision.Refused(
                "LF3005",
                $"{reader} may not read {table}: its column '{column.Name}' is classified "
                + $"'{column.Classification}', which may not leave the zone.",
                $"Ask {owner} for a product without the column, or for an agreement on other columns.")
            : permitted;
    }

    private static AccessDecision OfAgreement(
        Agreement agreement, string reader, string owner, TableName table, DateTimeOffset now)
    {
        string refused = $"{reader} may not read {table}: the agreement {agreement.Id} ({agreement.File})";
        return agreement switch
        {
            { Status: not "approved" } => AccessDecision.Refused(
                "LF3003", $"{refused} is {agreement.Status}, not approved.", $"Ask {owner} to approve it."),
            { SignedBy: null } => AccessDecision.Refused(
                "LF3003", $"{refused} is not signed.", $"Ask {owner} to add the custom property signedBy."),
            { RevokedBy: { } by, End: { } end } when now >= end => AccessDecision.Refused(
                "LF3004", $"{refused} was revoked by {by} at {end:yyyy-MM-dd'T'HH:mm:ss'Z'}.", $"Ask {owner}."),
            { Start: { } start } when now < start => AccessDecision.Refused(
                "LF3004", $"{refused} begins at {start:yyyy-MM-dd'T'HH:mm:ss'Z'}.", $"Wait, or ask {owner}."),
            { End: { } end } when now >= end => AccessDecision.Refused(
                "LF3004", $"{refused} ended at {end:yyyy-MM-dd'T'HH:mm:ss'Z'}.", $"Ask {owner} to renew it."),
            _ => AccessDecision.ByAgreement(agreement.Id, agreement.Columns),
        };
    }

    private static ContractTable? Promised(Zone provider, TableName table)
    {
        Contract? contract =
            provider.Integrations.FirstOrDefault(i => i.SqlName == table.Unit)?.Contract
            ?? provider.Products.FirstOrDefault(p => p.SqlName == table.Unit)?.Contract;
        return contract?.Tables.FirstOrDefault(t => t.Name == table.Table);
    }

    private static string Owner(Zone provider, string unit)
    {
        Integration? integration = provider.Integrations.FirstOrDefault(i => i.SqlName == unit);
        Product? product = provider.Products.FirstOrDefault(p => p.SqlName == unit);
        return integration?.Owner ?? product?.Owner ?? provider.Owner;
    }

    private static string HowToPeer(Zone consumer, Zone provider)
    {
        IEnumerable<string> missing =
            new[] { (Zone: consumer, Other: provider), (Zone: provider, Other: consumer) }
                .Where(p => !p.Zone.Peers.Contains(p.Other.Id))
                .Select(p => $"{p.Zone.Owner} to add '{p.Other.Id}' to peers in {p.Zone.Id}/zone.yaml");
        return $"Ask {string.Join(" and ", missing)}; then an agreement is needed too.";
    }
}
