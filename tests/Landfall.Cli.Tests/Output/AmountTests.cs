using Landfall.Cli.Output;

namespace Landfall.Cli.Tests.Output;

public sealed class AmountTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 KiB")]
    [InlineData(1536 * 1024, "1.5 MiB")]
    [InlineData(200L << 30, "200 GiB")]
    [InlineData(5000L << 40, "5000 TiB")]
    public void Bytes_Amounts_HaveABinaryUnit(long bytes, string expected) =>
        Assert.Equal(expected, Amount.Bytes(bytes));

    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(9.94, "9.9 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(65, "1 min 05 s")]
    [InlineData(7500, "2 h 05 min")]
    [InlineData(90000, "1 d 01 h")]
    public void Seconds_Amounts_HaveTheFittingUnit(double seconds, string expected) =>
        Assert.Equal(expected, Amount.Seconds(seconds));

    [Theory]
    [InlineData(1, "1 row")]
    [InlineData(0, "0 rows")]
    [InlineData(1234567, "1,234,567 rows")]
    public void Count_WithNoun_AgreesInNumber(long count, string expected) =>
        Assert.Equal(expected, Amount.Count(count, "row"));
}
