using System.Collections.Immutable;
using Landfall.Engine.Evolution;
using Landfall.Engine.Lakes;
using Landfall.Engine.Tests.Lakes;
using Landfall.Estate;
using Landfall.Estate.Agreements;
using Landfall.Testing;

namespace Landfall.Engine.Tests.Evolution;

public sealed class ConsumerTests
{
    private static readonly Agreement Agreement = new()
    {
        Id = "asks", Status = "approved", Purpose = "", ProviderZone = "z", ProviderUnit = "p", ProviderTable = "t",
        ConsumerZone = "b", ConsumerProduct = "one", Start = null, End = null, SignedBy = null, File = "a.oaas.yaml",
    };

    [Fact]
    public void Of_ReadersOfSeveralZones_AreInOrderOfZoneAndProduct() => Assert.Equal(
        [
            "a/one through read by u, v", "b/one through read by u; agreement asks", "b/two through read by u",
        ],
        Of(
            [Agreement], "b.two.u: z.p.t", "b.one.u: z.p.t", "a.one.v: z.p.t z.p.other", "a.one.u: z.p.t",
            "z.p.own: z.p.t"));

    [Fact]
    public void Of_AgreementAlone_ReachesWhoMayRead() =>
        Assert.Equal(["b/one through agreement asks"], Of([Agreement]));

    [Theory]
    [InlineData("zone")]
    [InlineData("unit")]
    [InlineData("table")]
    [InlineData("consumer zone")]
    [InlineData("consumer")]
    public void Of_AgreementOnSomethingElse_ReachesNobody(string part) => Assert.Empty(Of(
    [
        part switch
        {
            "zone" => Agreement with { ProviderZone = "a" },
            "unit" => Agreement with { ProviderUnit = "q" },
            "table" => Agreement with { ProviderTable = "other" },
            "consumer zone" => Agreement with { ConsumerZone = "c" },
            _ => Agreement with { ConsumerProduct = "three" },
        },
    ]));

    [Fact]
    public void Of_ReadersOfAnotherTable_AreNotReached() => Assert.Empty(Of([], "b.one.u: z.p.other"));

    private static string[] Of(Agreement[] agreements, params string[] reads)
    {
        EstateDefinition estate = TestEstates.Of(
            TestEstates.Zone(
                "z", [], TestEstates.Product("z", "p", TestEstates.Table("t"), TestEstates.Table("other"))) with
            {
                Agreements = [.. agreements],
            },
            TestEstates.Zone("b", [], TestEstates.Product("b", "two"), TestEstates.Product("b", "one")),
            TestEstates.Zone("a", [], TestEstates.Product("a", "one")));
        Dictionary<TableName, ImmutableArray<TableName>> inputs = reads.Select(r => r.Split(": ")).ToDictionary(
            r => SmallHome.Name(r[0]), r => r[1].Split(' ').Select(SmallHome.Name).ToImmutableArray());
        return
        [
            .. Consumer.Of(estate, inputs, new EstateCatalog(estate).Get(SmallHome.Name("z.p.t")))
                .Select(c => $"{c.Zone}/{c.Product} through {c.Through}"),
        ];
    }
}
