using System.Net;
using Landfall.Azure.Design;

namespace Landfall.Azure.Tests.Generation;

/// <summary>Names and ranges, computed before anything is written.</summary>
public sealed class AzureNameTests
{
    /// <summary>Ids of every length, some alike up to their last letter.</summary>
    private static readonly string[] _ids =
    [
        .. Enumerable.Range(1, 40).Select(n => new string('a', n)),
        .. Enumerable.Range(1, 40).Select(n => new string('a', n - 1) + "b"),
        .. Enumerable.Range(1, 13).Select(n => string.Join('-', Enumerable.Repeat("ab", n))),
        "revenue-by-service", "revenue-by-services-of-everything-we-sell",
    ];

    [Theory]
    [InlineData(24)]
    [InlineData(33)]
    [InlineData(64)]
    public void Of_AnyId_FitsAndHasNoHyphenTooMany(int most)
    {
        Assert.All(_ids, id =>
        {
            string name = AzureName.Of(most, "kv", id, "prod-abcdef", isTold: true);
            Assert.InRange(name.Length, 3, most);
            Assert.Matches("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", name);
        });
    }

    [Fact]
    public void Of_WordsThatTheTailDoesNotTell_StayDifferent()
    {
        Assert.Equal(
            _ids.Distinct().Count(),
            _ids.Distinct().Select(id => AzureName.Of(30, "id", id, "prod")).Distinct().Count());
        Assert.All(_ids, id => Assert.InRange(AzureName.Of(30, "id", id, "prod").Length, 3, 30));
    }

    [Fact]
    public void Compact_AnyId_IsLettersAndDigitsWithinItsLength()
    {
        Assert.All(_ids, id =>
        {
            Assert.Matches("^[a-z][a-z0-9]{2,23}$", AzureName.Compact(24, "st", id, "workprodabcdef", isTold: true));
            Assert.Matches("^[a-z][a-z0-9]{0,14}$", AzureName.Compact(15, "", id, ""));
        });
    }

    [Fact]
    public void Suffix_OfTheSameParts_IsTheSame_AndOfOthersAnother()
    {
        string[] all = [.. Enumerable.Range(0, 2_000).Select(i => Suffix.Of("estate", $"zone-{i}", "dev"))];
        Assert.Equal(2_000, all.Distinct().Count());
        Assert.Equal(all[7], Suffix.Of("estate", "zone-7", "dev"));
        Assert.All(all, s => Assert.Matches("^[a-z2-7]{6}$", s));
    }

    [Theory]
    [InlineData("10.1.0.0/16", 22)]
    [InlineData("10.1.0.0/20", 23)]
    [InlineData("10.1.0.0/22", 25)]
    [InlineData("10.0.0.0/8", 22)]
    public void Subnets_OfAnyRange_LieInItApart(string range, int prefix)
    {
        IPNetwork network = IPNetwork.Parse(range);
        AddressPlan plan = AddressPlan.OfZone("zone", network);
        string[] names =
        [
            SubnetNames.Services, SubnetNames.DatabricksPublic, SubnetNames.DatabricksPrivate, SubnetNames.Kubernetes,
            SubnetNames.Containers, SubnetNames.Gateway, SubnetNames.PowerBi,
        ];
        IPNetwork[] subnets = [.. names.Select(plan.Subnet)];
        Assert.Equal(7, subnets.Distinct().Count());
        Assert.All(subnets, s =>
        {
            Assert.Equal(prefix, s.PrefixLength);
            Assert.True(network.Contains(s.BaseAddress));
            Assert.DoesNotContain(subnets, o => o != s && o.Contains(s.BaseAddress));
        });
        Assert.True(plan.Subnet(SubnetNames.Kubernetes).Contains(
            IPAddress.Parse(plan.AddressOf(SubnetNames.Kubernetes, -6))));
    }
}
