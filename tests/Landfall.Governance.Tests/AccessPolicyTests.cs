using Landfall.Estate;
using Landfall.Estate.Agreements;
using Landfall.Estate.Zones;

namespace Landfall.Governance.Tests;

public sealed class AccessPolicyTests
{
    private static readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset _end = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset _between = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TableName _table = new("provider", "raw_events", "event");
    private static readonly TableName _ofProduct = new("provider", "daily_events", "day");

    [Fact]
    public void Decide_TableOfTheSameZone_IsPermitted()
    {
        AccessDecision decision = Decide(TestEstate.Make(), new("consumer", "any_unit", "any"));

        Assert.True(decision.Permitted);
        Assert.Equal("same zone", decision.Reason);
        Assert.Equal("", decision.Code);
    }

    [Fact]
    public void Decide_QuarantineOfTheSameZone_IsPermitted() =>
        Assert.True(Decide(TestEstate.Make(), new("consumer", "unit", "t__quarantine")).Permitted);

    [Fact]
    public void Decide_LiveAgreement_IsPermittedAndNamed()
    {
        AccessDecision decision = Decide(TestEstate.Make(TestEstate.Agreement()), _table);

        Assert.True(decision.Permitted);
        Assert.Equal("events-for-report", decision.AgreementId);
        Assert.Equal("agreement events-for-report", decision.Reason);
        Assert.Equal(("", "", ""), (decision.Code, decision.Message, decision.Hint));
    }

    [Theory]
    [InlineData(true, false, "consumer-team to add", "provider-team to add")]
    [InlineData(false, true, "provider-team to add", "consumer-team to add")]
    [InlineData(false, false, "consumer-team to add 'provider' to peers in consumer/zone.yaml", "nobody")]
    public void Decide_PeeringMissingOnASide_IsRefusedNamingThatSide(
        bool providerPeers, bool consumerPeers, string asks, string asksNot)
    {
        EstateDefinition estate = TestEstate.Make(TestEstate.Agreement());
        estate = estate with
        {
            Zones = [.. estate.Zones.Select(z => z with
            {
                Peers = (z.Id == "provider" ? providerPeers : consumerPeers) ? z.Peers : [],
            })],
        };

        AccessDecision decision = Decide(estate, _table);

        Assert.Equal("LF3001", decision.Code);
        Assert.Equal(
            "consumer/report may not read provider.raw_events.event: the zones consumer and provider are not peered.",
            decision.Message);
        Assert.Contains(asks, decision.Hint, StringComparison.Ordinal);
        Assert.DoesNotContain(asksNot, decision.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_PeeringMissingOnBothSides_AsksBoth()
    {
        EstateDefinition estate = TestEstate.Make();
        estate = estate with { Zones = [.. estate.Zones.Select(z => z with { Peers = [] })] };

        Assert.Equal(
            "Ask consumer-team to add 'provider' to peers in consumer/zone.yaml and provider-team to add 'consumer' to "
            + "peers in provider/zone.yaml; then an agreement is needed too.",
            Decide(estate, _table).Hint);
    }

    [Theory]
    [InlineData("elsewhere")]
    [InlineData("management")]
    public void Decide_NoLandingZoneOfThatName_IsRefused(string zone) =>
        Assert.Equal("LF3001", Decide(TestEstate.Make(TestEstate.Agreement()), new(zone, "a", "b")).Code);

    [Fact]
    public void Decide_NoAgreement_IsRefusedWithOwnerFileAndText()
    {
        AccessDecision decision = Decide(TestEstate.Make(), _table);

        Assert.Equal("LF3002", decision.Code);
        Assert.Equal(
            "consumer/report may not read provider.raw_events.event: there is no agreement.", decision.Message);
        Assert.Equal(
            """
            Ask events-team to add provider/agreements/consumer-report-raw_events-event.oaas.yaml with:
            apiVersion: v0.9.0
            kind: AccessAgreement
            id: provider-raw-events-event-to-consumer-report
            status: requested
            description:
              purpose: Say why the data is needed.
            provider: { teamId: provider, dataProductId: raw-events, outputPortId: event }
            consumer: { teamId: consumer, dataProductId: report }
            # The provider approves with status: approved and
            # customProperties: [{ property: signedBy, value: USER }]

            """.ReplaceLineEndings("\n"),
            decision.Hint);
    }

    [Theory]
    [InlineData("other-product", "raw-events", "event", "consumer")]
    [InlineData("report", "other-unit", "event", "consumer")]
    [InlineData("report", "raw-events", "other", "consumer")]
    [InlineData("report", "raw-events", "event", "third")]
    public void Decide_AgreementOnSomethingElse_IsRefused(string product, string unit, string table, string zone)
    {
        Agreement other = TestEstate.Agreement() with
        {
            ConsumerProduct = product,
            ProviderUnit = unit,
            ProviderTable = table,
            ConsumerZone = zone,
        };

        Assert.Equal("LF3002", Decide(TestEstate.Make(other), _table).Code);
    }

    [Fact]
    public void Decide_AgreementWrittenByTheConsumer_IsRefused()
    {
        EstateDefinition estate = TestEstate.Make();
        Zone consumer = estate.Zones.First(z => z.Id == "consumer");
        estate = estate with
        {
            Zones = [.. estate.Zones.Remove(consumer), consumer with { Agreements = [TestEstate.Agreement()] }],
        };

        Assert.Equal("LF3002", Decide(estate, _table).Code);
    }

    [Theory]
    [InlineData("requested", "ben@x.example", "is requested, not approved")]
    [InlineData("rejected", "ben@x.example", "is rejected, not approved")]
    [InlineData("approved", null, "is not signed")]
    public void Decide_AgreementNotApprovedOrSigned_IsRefused(string status, string? signedBy, string says)
    {
        Agreement agreement = TestEstate.Agreement() with { Status = status, SignedBy = signedBy };

        AccessDecision decision = Decide(TestEstate.Make(agreement), _table);

        Assert.Equal("LF3003", decision.Code);
        Assert.Contains(says, decision.Message, StringComparison.Ordinal);
        Assert.Contains("events-team", decision.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 0, "LF3004")]
    [InlineData(0, 0, "")]
    [InlineData(0, -1, "")]
    [InlineData(0, 1, "LF3004")]
    public void Decide_AtTheEdgesOfThePeriod_CountsTheStartAndNotTheEnd(int fromStart, int fromEnd, string code)
    {
        DateTimeOffset now = fromEnd == 0 ? _start.AddTicks(fromStart) : _end.AddTicks(fromEnd == 1 ? 0 : -1);

        Assert.Equal(code, Decide(TestEstate.Make(TestEstate.Agreement()), _table, now).Code);
    }

    [Fact]
    public void Decide_AgreementWithoutPeriod_IsAlwaysLive()
    {
        Agreement open = TestEstate.Agreement() with { Start = null, End = null };

        Assert.True(Decide(TestEstate.Make(open), _table, DateTimeOffset.MinValue).Permitted);
        Assert.True(Decide(TestEstate.Make(open), _table, DateTimeOffset.MaxValue).Permitted);
    }

    [Fact]
    public void Decide_ExpiredBesideALiveOne_TakesTheLiveOne()
    {
        Agreement expired = TestEstate.Agreement() with { Id = "old", End = _start };

        Assert.Equal(
            "events-for-report", Decide(TestEstate.Make(expired, TestEstate.Agreement()), _table).AgreementId);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("public", true)]
    [InlineData("internal", true)]
    [InlineData("Confidential", true)]
    [InlineData("personal", false)]
    [InlineData("restricted", false)]
    [InlineData("something else", false)]
    public void Decide_Classification_OnlyKnownHarmlessOnesLeaveTheZone(string classification, bool permitted)
    {
        AccessDecision decision = Decide(TestEstate.Make(classification, TestEstate.Agreement()), _table);

        Assert.Equal(permitted, decision.Permitted);
        Assert.Equal(permitted ? "" : "LF3005", decision.Code);
    }

    [Fact]
    public void Decide_QuarantineOfAnotherZone_IsRefusedEvenWithAnAgreement()
    {
        Agreement agreement = TestEstate.Agreement() with { ProviderTable = "event__quarantine" };

        AccessDecision decision = Decide(TestEstate.Make(agreement), _table with { Table = "event__quarantine" });

        Assert.Equal("LF3006", decision.Code);
        Assert.Equal(
            "consumer/report may not read provider.raw_events.event__quarantine: quarantined rows never leave their "
            + "zone.",
            decision.Message);
        Assert.Equal("Ask events-team to correct and replay them.", decision.Hint);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("public", true)]
    [InlineData("internal", true)]
    [InlineData("CONFIDENTIAL", true)]
    [InlineData("personal", false)]
    [InlineData("restricted", false)]
    [InlineData("something else", false)]
    public void Decide_ClassificationOfAProductsTable_OnlyKnownHarmlessOnesLeaveTheZone(
        string classification, bool permitted)
    {
        AccessDecision decision = Decide(TestEstate.MakeProduct(classification, OfProduct("day")), _ofProduct);

        Assert.Equal(permitted, decision.Permitted);
        Assert.Equal(permitted ? "" : "LF3005", decision.Code);
        Assert.Equal(permitted ? "events-for-report" : "", decision.AgreementId);
    }

    [Fact]
    public void Decide_ClassifiedColumnOfAProduct_IsNamedWithTheProductsOwner()
    {
        AccessDecision decision = Decide(TestEstate.MakeProduct("personal", OfProduct("day")), _ofProduct);

        Assert.Equal(
            "consumer/report may not read provider.daily_events.day: its column 'who' is classified 'personal', which "
            + "may not leave the zone.",
            decision.Message);
        Assert.Equal(
            "Ask daily-team for a product without the column, or for an agreement on other columns.", decision.Hint);
    }

    [Fact]
    public void Decide_ClassifiedColumnOfAnIntegration_IsNamedWithTheIntegrationsOwner()
    {
        AccessDecision decision = Decide(TestEstate.Make("restricted", TestEstate.Agreement()), _table);

        Assert.Equal(
            "consumer/report may not read provider.raw_events.event: its column 'who' is classified 'restricted', "
            + "which may not leave the zone.",
            decision.Message);
        Assert.Equal(
            "Ask events-team for a product without the column, or for an agreement on other columns.", decision.Hint);
    }

    [Fact]
    public void Decide_RefusedAgreementOnAClassifiedTable_SaysWhatTheAgreementLacks()
    {
        Agreement requested = OfProduct("day") with { Status = "requested" };

        Assert.Equal("LF3003", Decide(TestEstate.MakeProduct("personal", requested), _ofProduct).Code);
    }

    [Fact]
    public void Decide_AnotherTableOfTheUnitIsPersonal_IsRefusedForThatTableAlone()
    {
        EstateDefinition estate = TestEstate.Make(OfProduct("day"), OfProduct("private") with { Id = "private" });

        Assert.True(Decide(estate, _ofProduct).Permitted);
        Assert.Equal("LF3005", Decide(estate, _ofProduct with { Table = "private" }).Code);
    }

    [Fact]
    public void Decide_ClassifiedTableOfTheSameZone_IsPermitted()
    {
        EstateDefinition estate = TestEstate.MakeProduct("personal");

        Assert.Equal(
            AccessDecision.SameZone, AccessPolicy.Decide(estate, "provider", "any", _ofProduct, _between));
    }

    [Fact]
    public void Decide_ZoneIdWithADash_IsTheSameZoneByItsSqlName()
    {
        EstateDefinition estate = TestEstate.Make();

        Assert.True(AccessPolicy.Decide(estate, "north-west", "any", new("north_west", "u", "t"), _between).Permitted);
        Assert.False(AccessPolicy.Decide(estate, "north-west", "any", new("north", "u", "t"), _between).Permitted);
    }

    [Fact]
    public void Decide_ProviderIdWithADash_IsFoundByItsSqlName()
    {
        EstateDefinition estate = TestEstate.Make();
        Zone consumer = estate.Zones.First(z => z.Id == "consumer");
        Zone provider = estate.Zones.First(z => z.Id == "provider");
        estate = estate with
        {
            Zones =
            [
                consumer with { Peers = ["north-west"] },
                provider with
                {
                    Id = "north-west",
                    Agreements = [TestEstate.Agreement() with { ProviderZone = "north-west" }],
                },
            ],
        };

        Assert.True(Decide(estate, _table with { Zone = "north_west" }).Permitted);
    }

    [Fact]
    public void Decide_NoAgreementOnAProduct_AsksTheProductsOwnerByItsId()
    {
        AccessDecision decision = Decide(TestEstate.Make(), _ofProduct);

        Assert.Equal("LF3002", decision.Code);
        Assert.StartsWith(
            "Ask daily-team to add provider/agreements/consumer-report-daily_events-day.oaas.yaml with:\n",
            decision.Hint, StringComparison.Ordinal);
        Assert.Contains(
            "\nid: provider-daily-events-day-to-consumer-report\n", decision.Hint, StringComparison.Ordinal);
        Assert.Contains("dataProductId: daily-events,", decision.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_UnknownUnit_IsRefusedAndTheZonesOwnerAsked()
    {
        AccessDecision decision = Decide(TestEstate.Make(TestEstate.Agreement()), new("provider", "un_known", "event"));

        Assert.Equal("LF3002", decision.Code);
        Assert.StartsWith("Ask provider-team to add ", decision.Hint, StringComparison.Ordinal);
        Assert.Contains("dataProductId: un_known,", decision.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("raw-events", "gone")]
    [InlineData("daily-events", "gone")]
    [InlineData("gone", "event")]
    public void Decide_AgreementOnATableOfNoContract_IsRefusedBecauseItsClassificationIsUnknown(
        string unit, string table)
    {
        Agreement agreement = TestEstate.Agreement() with { ProviderUnit = unit, ProviderTable = table };
        TableName name = new("provider", TableName.SqlName(unit), table);

        AccessDecision decision = Decide(TestEstate.Make(agreement), name);

        Assert.Equal("LF3005", decision.Code);
        Assert.Equal($"consumer/report may not read {name}: no contract classifies its columns.", decision.Message);
        Assert.EndsWith(" to add the table to a contract.", decision.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*", "event", "consumer", "report")]
    [InlineData("raw-events", "*", "consumer", "report")]
    [InlineData("raw-events", "event", "*", "report")]
    [InlineData("raw-events", "event", "consumer", "*")]
    [InlineData("raw-events", "", "consumer", "report")]
    [InlineData("raw-events", "EVENT", "consumer", "report")]
    public void Decide_WildcardInAnAgreement_PermitsNothing(string unit, string table, string zone, string product)
    {
        Agreement wild = TestEstate.Agreement() with
        {
            ProviderUnit = unit,
            ProviderTable = table,
            ConsumerZone = zone,
            ConsumerProduct = product,
        };

        Assert.Equal("LF3002", Decide(TestEstate.Make(wild), _table).Code);
    }

    [Fact]
    public void Decide_AgreementInTheNameOfAnotherZone_IsRefused() =>
        Assert.Equal(
            "LF3002",
            Decide(TestEstate.Make(TestEstate.Agreement() with { ProviderZone = "consumer" }), _table).Code);

    [Fact]
    public void Decide_TableNamedByAWildcard_IsRefused() =>
        Assert.Equal(
            "LF3002", Decide(TestEstate.Make(TestEstate.Agreement()), _table with { Table = "*" }).Code);

    [Fact]
    public void Decide_ManagementZone_MayNotRead()
    {
        AccessDecision decision = AccessPolicy.Decide(
            TestEstate.Make(TestEstate.Agreement() with { ConsumerZone = "management" }), "management", "report",
            _table, _between);

        Assert.Equal("LF3001", decision.Code);
        Assert.Equal(
            "management/report may not read provider.raw_events.event: the estate has no two landing zones of these "
            + "names.",
            decision.Message);
        Assert.Equal("Products read tables of landing zones.", decision.Hint);
    }

    [Fact]
    public void Decide_AgreementNotBegunOrEnded_SaysWhen()
    {
        EstateDefinition estate = TestEstate.Make(TestEstate.Agreement());

        AccessDecision early = Decide(estate, _table, _start.AddTicks(-1));
        AccessDecision late = Decide(estate, _table, _end);

        const string agreement = "consumer/report may not read provider.raw_events.event: the agreement "
            + "events-for-report (provider/agreements/events.oaas.yaml)";
        Assert.Equal($"{agreement} begins at 2026-01-01T00:00:00Z.", early.Message);
        Assert.Equal("Wait, or ask events-team.", early.Hint);
        Assert.Equal($"{agreement} ended at 2027-01-01T00:00:00Z.", late.Message);
        Assert.Equal("Ask events-team to renew it.", late.Hint);
    }

    [Fact]
    public void Decide_NoneOfSeveralPermits_SaysWhatTheClosestLacks()
    {
        Agreement requested = TestEstate.Agreement() with { Id = "a", Status = "requested" };
        Agreement expired = TestEstate.Agreement() with { Id = "b", End = _start };
        Agreement unsigned = TestEstate.Agreement() with { Id = "c", SignedBy = null };

        AccessDecision decision = Decide(TestEstate.Make(requested, expired, unsigned), _table);

        Assert.Equal("LF3004", decision.Code);
        Assert.Contains("the agreement b ", decision.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_SeveralPermit_TheFirstIsNamed() =>
        Assert.Equal(
            "first",
            Decide(
                TestEstate.Make(TestEstate.Agreement() with { Id = "first" }, TestEstate.Agreement()), _table)
                .AgreementId);

    private static Agreement OfProduct(string table) =>
        TestEstate.Agreement() with { ProviderUnit = "daily-events", ProviderTable = table };

    private static AccessDecision Decide(EstateDefinition estate, TableName table, DateTimeOffset? now = null) =>
        AccessPolicy.Decide(estate, "consumer", "report", table, now ?? _between);
}
