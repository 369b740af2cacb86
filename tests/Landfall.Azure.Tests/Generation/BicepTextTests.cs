using Landfall.Azure.Bicep;

namespace Landfall.Azure.Tests.Generation;

/// <summary>Texts of Bicep that hold ids and other people's words.</summary>
public sealed class BicepTextTests
{
    /// <summary>Ids that would be one name without hyphens and dots: a grant would be another's.</summary>
    [Theory]
    [InlineData("a.b-c", "a-b.c")]
    [InlineData("zone-1", "zone1")]
    [InlineData("a-b", "ab")]
    [InlineData("x.reads.a.b_c", "x.reads.a-b.c")]
    [InlineData("a.b.to-c", "a.b-to.c")]
    public void Symbol_OfDifferentIds_IsDifferent(string one, string other)
    {
        Assert.NotEqual(BicepText.Symbol(one), BicepText.Symbol(other));
        Assert.Matches("^[A-Za-z_][A-Za-z0-9_]*$", BicepText.Symbol(one));
        Assert.Matches("^[A-Za-z_][A-Za-z0-9_]*$", BicepText.Symbol(other));
    }

    [Theory]
    [InlineData("it's", @"'it\'s'")]
    [InlineData("${secret}", @"'\${secret}'")]
    [InlineData(@"a\b", @"'a\\b'")]
    [InlineData("two\nlines", @"'two\nlines'")]
    public void Quote_OfAnyText_EndsNothingAndIsNoExpression(string text, string quoted) =>
        Assert.Equal(quoted, BicepText.Quote(text));
}
