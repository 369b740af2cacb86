using System.Text.Json;
using Landfall.Azure.Compiler;

namespace Landfall.Azure.Tests.Generation;

/// <summary>What users complain of when they deploy a second time, looked for in the compiled templates.</summary>
public sealed class RedeploymentTests(BicepFixture bicep)
{
    /// <summary>An identity that is made anew gets a role of its own: Azure would refuse an update.</summary>
    [Fact]
    public async Task RoleAssignments_AreNamedByTheirPrincipal()
    {
        JsonElement[] roles = await OfTypeAsync("Microsoft.Authorization/roleAssignments");
        Assert.True(roles.Length > 10);
        Assert.All(roles, r =>
        {
            string name = r.GetProperty("name").GetString()!;
            Assert.StartsWith("[guid(", name, StringComparison.Ordinal);
            Assert.Contains("principalId", name, StringComparison.OrdinalIgnoreCase);
        });
    }

    /// <summary>A subnet beside its network's own list would be deleted by the network's next deployment.</summary>
    [Fact]
    public async Task Subnets_StandInTheirNetworkOnly()
    {
        Assert.Empty(await OfTypeAsync("Microsoft.Network/virtualNetworks/subnets"));
        JsonElement[] networks = await OfTypeAsync("Microsoft.Network/virtualNetworks");
        Assert.Equal(3, networks.Length);
        Assert.All(networks, n => Assert.Contains(
            "subnets", n.GetProperty("properties").GetRawText(), StringComparison.Ordinal));
    }

    /// <summary>A connection with another name would be a second one, which its owner has to approve again.</summary>
    [Fact]
    public async Task EndpointConnections_AreNamedAsTheirEndpoint()
    {
        JsonElement[] endpoints = await OfTypeAsync("Microsoft.Network/privateEndpoints");
        Assert.All(endpoints, e =>
        {
            string name = e.GetProperty("name").GetString()!;
            string text = e.GetProperty("properties").GetRawText();
            Assert.Equal("[parameters('privateEndpoints')[copyIndex()].name]", name);
            Assert.Contains($"\"name\": \"{name}\"", text, StringComparison.Ordinal);
            Assert.DoesNotContain("uniqueString", text, StringComparison.Ordinal);
            Assert.DoesNotContain("utcNow", text, StringComparison.Ordinal);
        });
        Assert.NotEmpty(endpoints);
    }

    /// <summary>An account refuses a second endpoint while it takes the first.</summary>
    [Fact]
    public async Task Endpoints_OfOneResource_AreDeployedOneAfterAnother()
    {
        JsonElement[] endpoints =
        [
            .. await OfTypeAsync("Microsoft.Network/privateEndpoints"),
            .. await OfTypeAsync("Microsoft.DataFactory/factories/managedVirtualNetworks/managedPrivateEndpoints"),
        ];
        Assert.All(endpoints, e =>
        {
            Assert.Equal("serial", e.GetProperty("copy").GetProperty("mode").GetString());
            Assert.Equal(1, e.GetProperty("copy").GetProperty("batchSize").GetInt32());
        });
    }

    /// <summary>Locks would keep peerings and grants from being taken back.</summary>
    [Fact]
    public async Task Links_AreOnNothingThatALockProtects()
    {
        JsonElement[] locks = await OfTypeAsync("Microsoft.Authorization/locks");
        Assert.NotEmpty(locks);
        Assert.All(locks, l => Assert.DoesNotContain(
            "virtualNetworks", l.GetProperty("scope").GetString(), StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Resources of a type in all compiled templates, those of nested deployments too.</summary>
    private async Task<JsonElement[]> OfTypeAsync(string type)
    {
        using GeneratedEstate generated = GeneratedEstate.Relecloud("dev");
        List<JsonElement> all = [];
        foreach (string main in Directory.EnumerateFiles(
            generated.Path, "main.dev.bicepparam", SearchOption.AllDirectories))
        {
            Compilation compiled = await bicep.WithCompilerAsync(c => c.CompileAsync(main, CancellationToken.None));
            using JsonDocument document = JsonDocument.Parse(compiled.Template!);
            Collect(document.RootElement.Clone(), type, all);
        }

        return [.. all];
    }

    private static void Collect(JsonElement element, string type, List<JsonElement> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                Collect(item, type, found);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            bool isOne = element.TryGetProperty("type", out JsonElement own)
                && own.ValueKind == JsonValueKind.String && own.ValueEquals(type)
                && element.TryGetProperty("apiVersion", out _)
                && !(element.TryGetProperty("existing", out JsonElement existing) && existing.GetBoolean());
            if (isOne)
            {
                found.Add(element);
            }

            foreach (JsonProperty property in element.EnumerateObject())
            {
                Collect(property.Value, type, found);
            }
        }
    }
}
