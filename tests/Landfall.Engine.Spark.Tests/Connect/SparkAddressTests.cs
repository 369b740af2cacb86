using Landfall.Engine.Spark.Connect;
using Landfall.Estate;

namespace Landfall.Engine.Spark.Tests.Connect;

public sealed class SparkAddressTests
{
    [Theory]
    [InlineData("sc://spark", "spark", 15002)]
    [InlineData("sc://spark:443", "spark", 443)]
    [InlineData("sc://spark/", "spark", 15002)]
    [InlineData("sc://spark:65535/;", "spark", 65535)]
    [InlineData("sc://127.0.0.1:1", "127.0.0.1", 1)]
    [InlineData("sc://[::1]:15003/", "::1", 15003)]
    [InlineData("sc://[::1]", "::1", 15002)]
    [InlineData("sc://adb-1.2.azuredatabricks.net:443/;", "adb-1.2.azuredatabricks.net", 443)]
    public void Parse_HostAndPort_AreRead(string text, string host, int port)
    {
        SparkAddress address = SparkAddress.Parse(text);

        Assert.Equal((host, port, false, "landfall"), (address.Host, address.Port, address.UseSsl, address.UserId));
        Assert.Empty(address.Headers);
    }

    [Fact]
    public void Parse_Parameters_AreDecodedAndTheUnknownAreHeaders()
    {
        SparkAddress address = SparkAddress.Parse(
            "sc://spark:443/;token=a%3Bb%3D;use_ssl=true;user_id=A%20B;X-Databricks-Cluster-Id=0123;a.b_c=x=y");

        Assert.True(address.UseSsl);
        Assert.Equal("A B", address.UserId);
        Assert.Equal(
            [
                new("a.b_c", "x=y"), new("authorization", "Bearer a;b="), new("x-databricks-cluster-id", "0123"),
            ],
            address.Headers);
    }

    [Theory]
    [InlineData("sc://spark/;token=t", true)]
    [InlineData("sc://spark/;token=t;use_ssl=false", false)]
    [InlineData("sc://spark/;use_ssl=True", true)]
    [InlineData("sc://spark/;use_ssl=false", false)]
    [InlineData("sc://localhost/;token=t", false)]
    [InlineData("sc://127.0.0.9/;token=t", false)]
    [InlineData("sc://[::1]/;token=t", false)]
    [InlineData("sc://localhost/;token=t;use_ssl=true", true)]
    public void Parse_Token_IsEncryptedUnlessItStaysOrSomebodySaysNo(string text, bool useSsl) =>
        Assert.Equal(useSsl, SparkAddress.Parse(text).UseSsl);

    [Theory]
    [InlineData("")]
    [InlineData("spark:15002")]
    [InlineData("http://spark:15002")]
    [InlineData("SC://spark")]
    [InlineData("sc://")]
    [InlineData("sc://:15002")]
    [InlineData("sc:///;token=secret")]
    [InlineData("sc://spark:")]
    [InlineData("sc://spark:0")]
    [InlineData("sc://spark:65536")]
    [InlineData("sc://spark:+1")]
    [InlineData("sc://spark:15002x")]
    [InlineData("sc://spark:1:2")]
    [InlineData("sc://::1")]
    [InlineData("sc://[::1")]
    [InlineData("sc://[spark]:1")]
    [InlineData("sc://[::1]x")]
    [InlineData("sc://user:secret@spark")]
    [InlineData("sc://spark/path")]
    [InlineData("sc://spark/path/;token=secret")]
    [InlineData("sc://spark?token=secret")]
    [InlineData("sc://spark:15002;token=secret")]
    [InlineData("sc://spark/;secret")]
    [InlineData("sc://spark/;=secret")]
    [InlineData("sc://spark/;token=")]
    [InlineData("sc://spark/;token=secret;token=secret")]
    [InlineData("sc://spark/;Token=secret;token=secret")]
    [InlineData("sc://spark/;token=secret;authorization=secret")]
    [InlineData("sc://spark/;use_ssl=yes")]
    [InlineData("sc://spark/;session_id=secret")]
    [InlineData("sc://spark/;user_agent=secret")]
    [InlineData("sc://spark/;bad name=secret")]
    [InlineData("sc://spark/;grpc-timeout=secret")]
    [InlineData("sc://spark/;data-bin=secret")]
    [InlineData("sc://spark/;token=secret%0A")]
    [InlineData("sc://spark/;x=secret%C3%A4")]
    [InlineData("sc://spa rk/;token=secret")]
    public void Parse_OddForm_IsRefusedWithoutQuotingIt(string text)
    {
        LandfallException e = Assert.Throws<LandfallException>(() => SparkAddress.Parse(text));

        Assert.Equal("LF4330", e.Code);
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sc://spark:443/;token=secret;x=secret", "spark:443")]
    [InlineData("sc://[::1]", "[::1]:15002")]
    public void ToString_Address_IsHostAndPortAlone(string text, string expected) =>
        Assert.Equal(expected, $"{SparkAddress.Parse(text)}");
}
