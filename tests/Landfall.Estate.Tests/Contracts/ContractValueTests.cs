using Landfall.Estate.Contracts;
using Landfall.Estate.Types;

namespace Landfall.Estate.Tests.Contracts;

public sealed class ContractValueTests
{
    [Theory]
    [InlineData("string", "", "")]
    [InlineData("string", "1.0", "1.0")]
    [InlineData("string", " a\n", " a\n")]
    [InlineData("boolean", "True", "true")]
    [InlineData("boolean", "FALSE", "false")]
    [InlineData("int", "1", "1")]
    [InlineData("int", "+001", "1")]
    [InlineData("int", "1.", "1")]
    [InlineData("int", "-1.000", "-1")]
    [InlineData("int", "-0", "0")]
    [InlineData("int", "2147483647", "2147483647")]
    [InlineData("int", "-2147483648", "-2147483648")]
    [InlineData("bigint", "9223372036854775807", "9223372036854775807")]
    [InlineData("bigint", "-9223372036854775808.0", "-9223372036854775808")]
    [InlineData("decimal(4,2)", "99.99", "99.99")]
    [InlineData("decimal(4,2)", "-012.50", "-12.5")]
    [InlineData("decimal(4,2)", "1.2300", "1.23")]
    [InlineData("decimal(2,2)", "0.25", "0.25")]
    [InlineData("decimal(38,0)", "99999999999999999999999999999999999999", "99999999999999999999999999999999999999")]
    [InlineData("double", "1", "1")]
    [InlineData("double", "1e3", "1000")]
    [InlineData("double", "0.1", "0.1")]
    [InlineData("double", "-2.5E-1", "-0.25")]
    [InlineData("double", ".nan", "NaN")]
    [InlineData("double", "NaN", "NaN")]
    [InlineData("double", "-.inf", "-Infinity")]
    [InlineData("double", "+Infinity", "Infinity")]
    [InlineData("date", "2024-02-29", "2024-02-29")]
    [InlineData("date", "9999-12-31", "9999-12-31")]
    [InlineData("timestamp", "2026-01-31", "2026-01-31 00:00:00+00")]
    [InlineData("timestamp", "2026-01-31T12:30", "2026-01-31 12:30:00+00")]
    [InlineData("timestamp", "2026-01-31 12:30:01Z", "2026-01-31 12:30:01+00")]
    [InlineData("timestamp", "2026-01-31T12:30:01.5+02", "2026-01-31 10:30:01.5+00")]
    [InlineData("timestamp", "2026-01-31T23:30:01.000001-0230", "2026-02-01 02:00:01.000001+00")]
    [InlineData("timestamp", "2026-01-31T12:30:01+00:00", "2026-01-31 12:30:01+00")]
    public void TryRead_AValueOfTheType_GivesItsOneText(string type, string text, string expected)
    {
        Assert.True(DataType.TryParse(type, out DataType parsed));

        Assert.True(ContractValue.TryRead(parsed, text, out string value));

        Assert.Equal(expected, value);
        Assert.True(ContractValue.TryRead(parsed, value, out string again));
        Assert.Equal(value, again);
    }

    [Theory]
    [InlineData("string", "a\0b")]
    [InlineData("boolean", "1")]
    [InlineData("boolean", "yes")]
    [InlineData("int", "")]
    [InlineData("int", "n/a")]
    [InlineData("int", "1.5")]
    [InlineData("int", "1e3")]
    [InlineData("int", " 1")]
    [InlineData("int", "1\n")]
    [InlineData("int", "1,000")]
    [InlineData("int", "٣")]
    [InlineData("int", "2147483648")]
    [InlineData("int", "-2147483649")]
    [InlineData("bigint", "9223372036854775808")]
    [InlineData("bigint", "100000000000000000000000")]
    [InlineData("decimal(4,2)", "100")]
    [InlineData("decimal(4,2)", "1.005")]
    [InlineData("decimal(2,2)", "1")]
    [InlineData("double", "1e999")]
    [InlineData("double", "nan")]
    [InlineData("double", "0x10")]
    [InlineData("date", "2026-02-29")]
    [InlineData("date", "31.12.2026")]
    [InlineData("date", "2026-1-1")]
    [InlineData("date", "2026-01-01T00:00:00Z")]
    [InlineData("timestamp", "2026-01-31T25:00:00Z")]
    [InlineData("timestamp", "2026-01-31T12:00:00.0000001Z")]
    [InlineData("timestamp", "0001-01-01T00:00:00+02:00")]
    [InlineData("timestamp", "now")]
    [InlineData("binary", "x")]
    public void TryRead_OfWhatTheTypeCannotHave_IsFalse(string type, string text)
    {
        Assert.True(DataType.TryParse(type, out DataType parsed));

        Assert.False(ContractValue.TryRead(parsed, text, out string value));

        Assert.Equal("", value);
    }

    [Fact]
    public void TryRead_OfNestedTypes_IsFalse()
    {
        Assert.False(ContractValue.TryRead(DataType.Array(DataType.String), "[]", out _));
        Assert.False(ContractValue.TryRead(DataType.Struct([]), "{}", out _));
    }
}
