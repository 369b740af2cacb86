using Landfall.Azure.Deployments;

namespace Landfall.Azure.Tests;

public sealed class DeploymentSetTests
{
    [Fact]
    public void Text_OfASet_IsReadAsTheSameSet()
    {
        DeploymentSet set = new()
        {
            Estate = "relecloud",
            Environment = "dev",
            Tenant = "11111111-1111-4111-8111-111111111111",
            Deployments = [new("hub", "hub/main.dev.bicepparam", "22222222-2222-4222-8222-222222222222", "westeurope")],
            Existing = ["/subscriptions/22222222-2222-4222-8222-222222222222/resourceGroups/dns"],
        };
        var read = DeploymentSet.Parse(set.ToString());
        Assert.Equal(set.ToString(), read.ToString());
        Assert.Equal(set.Deployments[0], read.Deployments[0]);
    }
}
