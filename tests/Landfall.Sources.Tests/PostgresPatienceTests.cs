using System.Net;
using System.Net.Sockets;
using Landfall.Estate;
using Landfall.Testing.Ingest;

namespace Landfall.Sources.Tests;

/// <summary>A server that takes connections and never answers.</summary>
public sealed class PostgresPatienceTests
{
    [Fact]
    public async Task Server_Silent_IsGivenUp()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        using IngestLake lake = new(
            "relation: public.line, mode: snapshot", ["name: id, logicalType: integer, physicalType: bigint"],
            source: $"{{ type: postgres, host: 127.0.0.1, port: {((IPEndPoint)silent.LocalEndpoint).Port}, "
                + "database: d, user: u, password: \"${secret:TEST_PASSWORD}\" }");
        lake.Secrets = lake.Secrets.SetItem("TEST_PASSWORD", "s");

        LandfallException refused = await Assert.ThrowsAsync<LandfallException>(lake.LandAsync);

        Assert.Equal("LF4270", refused.Code);
        Assert.Contains("no answer for 15 seconds", refused.Message, StringComparison.Ordinal);
    }
}
