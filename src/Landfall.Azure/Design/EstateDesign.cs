using System.Collections.Immutable;
using Landfall.Estate;
using Landfall.Estate.Agreements;
using Landfall.Estate.Diagnostics;
using Landfall.Estate.Management;
using Landfall.Governance;

namespace Landfall.Azure.Design;

/// <summary>What an estate has in Azure, the same in all environments.</summary>
internal sealed class EstateDesign
{
    private readonly DiagnosticBag _notes = new();

    /// <summary>The design of an estate at a time, which decides what agreements are live.</summary>
    public EstateDesign(EstateDefinition estate, DateTimeOffset now)
    {
        Estate = estate;
        Zones = [.. estate.Zones.Select(z => new ZoneDesign(z))];
        Links = [.. Zones.SelectMany(z => Peers(z).Select(p => new NetworkLink(z, p)))];
        Grants = [.. estate.Zones.SelectMany(z => z.Agreements.Select(a => GrantOf(a, now))).OfType<Grant>()];
        ReportUnplaced();
        Notes = _notes.ToOrdered();
    }

    /// <summary>The estate.</summary>
    public EstateDefinition Estate { get; }

    /// <summary>The management zone.</summary>
    public ManagementZone Management => Estate.Management;

    /// <summary>The landing zones in order of id.</summary>
    public ImmutableArray<ZoneDesign> Zones { get; }

    /// <summary>Pairs of peered landing zones, of whose networks at least one is made here.</summary>
    public ImmutableArray<NetworkLink> Links { get; }

    /// <summary>Agreements that become roles.</summary>
    public ImmutableArray<Grant> Grants { get; }

    /// <summary>What the estate says that Azure does not get, as warnings.</summary>
    public ImmutableArray<Diagnostic> Notes { get; }

    /// <summary>Whether the estate has something already, by its word in the manifest.</summary>
    public bool HasExisting(string word) => Management.AzureExisting.Contains(word);

    private IEnumerable<ZoneDesign> Peers(ZoneDesign zone) => Zones.Where(p =>
        string.CompareOrdinal(zone.Zone.Id, p.Zone.Id) < 0 && zone.Zone.Peers.Contains(p.Zone.Id)
        && !(zone.HasNetwork && p.HasNetwork));

    private Grant? GrantOf(Agreement agreement, DateTimeOffset now)
    {
        // One that begins later is live: the role's condition keeps its time.
        DateTimeOffset at = agreement.Start is { } start && start > now ? start : now;
        var table = new TableName(
            TableName.SqlName(agreement.ProviderZone), TableName.SqlName(agreement.ProviderUnit),
            agreement.ProviderTable);
        AccessDecision decision = AccessPolicy.Decide(
            Estate, agreement.ConsumerZone, agreement.ConsumerProduct, table, at);
        if (AgreementStates.Of(agreement, at) != "active" || !decision.Permitted)
        {
            return null;
        }

        if (!agreement.Columns.IsEmpty)
        {
            Note(
                AzureCodes.ColumnsNotGranted, agreement,
                $"The agreement {agreement.Id} is limited to columns, and storage knows files only: it gets no role.",
                "The consumer reads the columns by SQL, or of a product that holds no others.");
            return null;
        }

        HostedUnit? consumer = Unit(agreement.ConsumerZone, agreement.ConsumerProduct);
        HostedUnit? provider = Unit(agreement.ProviderZone, agreement.ProviderUnit);
        if (consumer is null || provider is null)
        {
            (string zone, string unit) = consumer is null
                ? (agreement.ConsumerZone, agreement.ConsumerProduct)
                : (agreement.ProviderZone, agreement.ProviderUnit);
            Note(
                AzureCodes.GrantWithoutIdentity, agreement,
                $"The agreement {agreement.Id} gets no role: {zone}/{unit} is nowhere in Azure.",
                "Give it, or its pool, an azure.service.");
            return null;
        }

        return new(agreement, consumer, provider);
    }

    private HostedUnit? Unit(string zone, string unit) =>
        Zones.FirstOrDefault(z => z.Zone.Id == zone)?.Units.FirstOrDefault(u => u.Id == unit);

    private void Note(string code, Agreement agreement, string message, string hint) =>
        _notes.Warning(code, new(agreement.File, 1, 1), message, hint);

    private void ReportUnplaced()
    {
        foreach (ZoneDesign zone in Zones)
        {
            string[] placed = [.. zone.Units.Select(u => u.Id)];
            IEnumerable<(string Id, string Key)> units = zone.Zone.Integrations
                .Select(i => (i.Id, $"zone:{i.Zone}/integration:{i.Id}"))
                .Concat(zone.Zone.Products.Select(p => (p.Id, $"zone:{p.Zone}/product:{p.Id}")));
            foreach ((string id, string key) in units.Where(u => !placed.Contains(u.Id)))
            {
                _notes.Warning(
                    AzureCodes.UnplacedUnit, Estate.Sources.Find($"{key}/pool"),
                    $"{zone.Zone.Id}/{id} has no place in Azure: neither it nor its pool has a service there.",
                    "Give it, or its pool, an azure.service.");
            }
        }
    }
}
