using System.Security.Cryptography;
using System.Text;
using Landfall.Recommender.Experiments;

namespace Landfall.Recommender.Tests.Experiments;

public class HoldoutTests
{
    [Theory]
    [InlineData("customer-1")]
    [InlineData("Kundin-ä")]
    public void Contains_Customer_IsTheHashBelowTheShare(string customer)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes("salt\0" + customer));
        double fraction = Convert.ToUInt64(Convert.ToHexString(hash)[..16], 16) / Math.Pow(2, 64);

        Assert.Equal(fraction < 0.5, new Holdout("salt", 0.5).Contains(customer));
        Assert.Equal(fraction < 0.1, new Holdout("salt", 0.1).Contains(customer));
    }

    [Fact]
    public void Contains_ManyCustomers_IsTheShareAndIndependentOfOtherSalts()
    {
        string[] customers = [.. Enumerable.Range(0, 20_000).Select(i => $"c{i}")];
        Holdout one = new("one", 0.1);
        Holdout two = new("two", 0.1);

        int held = customers.Count(one.Contains);
        int both = customers.Count(c => one.Contains(c) && two.Contains(c));

        Assert.InRange(held, 1_830, 2_170);
        Assert.InRange(both, 140, 260);
        Assert.DoesNotContain(customers, new Holdout("none", 0).Contains);
    }

    [Fact]
    public void Contains_NoCustomer_IsNever()
    {
        Assert.DoesNotContain(Enumerable.Range(0, 100), i => new Holdout($"{i}", 0.5).Contains(null));
        Assert.Contains(Enumerable.Range(0, 100), i => new Holdout($"{i}", 0.5).Contains(""));
    }
}
