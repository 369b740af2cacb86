using System.Collections.Immutable;
using System.Net;
using Landfall.Estate;
using Landfall.Estate.Agreements;
using Landfall.Estate.Contracts;
using Landfall.Estate.Integrations;
using Landfall.Estate.Types;
using Landfall.Estate.Zones;

namespace Landfall.Governance.Tests;

/// <summary>Two peered zones: <c>provider</c> with the integration <c>raw-events</c>, and <c>consumer</c>.</summary>
internal static class TestEstate
{
    public static EstateDefinition Make(params Agreement[] agreements) => Make("internal", agreements);

    public static EstateDefinition Make(string classification, params Agreement[] agreements) => new()
    {
        Name = "test",
        Title = "Test",
        Domain = "test.example",
        Currency = "EUR",
        Folder = "/test",
        Targets = [],
        Prices = new() { Version = "1", StorageGigabyteMonth = 0, MillionRequests = 0 },
        Management = new()
        {
            Id = "management",
            Owner = "platform-team",
            AddressRange = IPNetwork.Parse("10.0.0.0/16"),
            DnsSuffix = "test.internal",
            Egress = [new("database", "db.test.example", [5432]), new("any", "open.test.example", [])],
            Groups = [],
            Users = [],
            ServicePrincipals = [],
        },
        Zones =
        [
            MakeZone("consumer", "provider"),
            MakeZone("provider", "consumer") with
            {
                Integrations = [RawEvents(classification)],
                Agreements = [.. agreements],
            },
        ],
        Sources = new(ImmutableDictionary<string, Landfall.Estate.Diagnostics.SourceLocation>.Empty),
    };

    public static Agreement Agreement() => new()
    {
        Id = "events-for-report",
        Status = "approved",
        Purpose = "Report.",
        ProviderZone = "provider",
        ProviderUnit = "raw-events",
        ProviderTable = "event",
        ConsumerZone = "consumer",
        ConsumerProduct = "report",
        Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        End = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
        SignedBy = "ben@x.example",
        File = "provider/agreements/events.oaas.yaml",
    };

    private static Zone MakeZone(string id, string peer) => new()
    {
        Id = id,
        Title = id,
        Owner = $"{id}-team",
        CostCentre = "CC",
        Peers = [peer],
        Tools = new(["duckdb"], ["files"], ["sql"]),
        Pools = [],
        MonthlyBudget = null,
        Roles = [],
        AddressRange = IPNetwork.Parse("10.1.0.0/16"),
        Integrations = [],
        Products = [],
        Agreements = [],
    };

    private static Integration RawEvents(string classification) => new()
    {
        Id = "raw-events",
        Zone = "provider",
        Title = "Events",
        Owner = "events-team",
        Pool = "p",
        Source = new FilesSource("events"),
        Tables = [],
        QuarantineThreshold = 0.01,
        Contract = new()
        {
            Id = "c",
            Version = "1.0.0",
            File = "provider/integrations/raw-events/contract.odcs.yaml",
            Freshness = null,
            Tables =
            [
                new()
                {
                    Name = "event",
                    Description = "",
                    Quality = [],
                    Columns =
                    [
                        new()
                        {
                            Name = "who",
                            Type = DataType.String,
                            Required = true,
                            PrimaryKeyPosition = 0,
                            Classification = classification,
                            Description = "",
                        },
                    ],
                },
            ],
        },
    };
}
