using Landfall.Azure.Checking;
using Landfall.Testing;

namespace Landfall.Azure.Tests.Checking;

/// <summary>The public templates, which nobody maintains: what is known to be wrong with them is found.</summary>
public sealed class UpstreamTests(BicepFixture bicep)
{
    private static readonly string Shared =
        Path.GetFullPath(Path.Combine(RepositoryRoot.Folder, "..", "shared", "azure", "upstream"));

    [Theory]
    [InlineData("data-management-zone")]
    [InlineData("data-landing-zone")]
    [InlineData("data-product-batch")]
    [InlineData("data-product-analytics")]
    [InlineData("data-product-streaming")]
    public async Task Check_OfATemplate_FindsWhatIsKnown(string name)
    {
        Assert.SkipUnless(Directory.Exists(Shared), "There is no shared/azure beside the repository.");
        using TestFolder folder = new();
        folder.Write("main.json", await File.ReadAllTextAsync(Path.Combine(Shared, name + ".main.json")));
        folder.Write("main.bicepparam", "using './main.json'\n" + Values(name));
        CheckResult result = await bicep.CheckAsync(folder.Path);
        TestContext.Current.TestOutputHelper!.WriteLine($"{result.Resources} {result.Unknown.Count()}");
        foreach (var f in result.Findings) TestContext.Current.TestOutputHelper!.WriteLine($"{f.Code} {f.Severity} {f.Place}: {f.Message} {f.Fix}");
        Assert.Fail(string.Join(" ", result.Findings.GroupBy(f => f.Code).Select(g => $"{g.Key}={g.Count()}")));
    }

    private static string Values(string name) =>
        "param location = 'westeurope'\nparam prefix = 'relc'\n" + name switch
        {
            "data-management-zone" => "",
            "data-landing-zone" => "param administratorPassword = az.getSecret('00000000-0000-0000-0000-000000000002', 'rg', 'kv', 'pw')\n",
            "data-product-analytics" => "param subnetId = '/subscriptions/00000000-0000-0000-0000-000000000009/resourceGroups/n/providers/Microsoft.Network/virtualNetworks/v/subnets/s'\n",
            "data-product-batch" => "param environment = 'dev'\nparam subnetId = '/subscriptions/00000000-0000-0000-0000-000000000009/resourceGroups/n/providers/Microsoft.Network/virtualNetworks/v/subnets/s'\n",
            _ => "param environment = 'dev'\nparam administratorPassword = az.getSecret('00000000-0000-0000-0000-000000000002', 'rg', 'kv', 'pw')\nparam synapseDefaultStorageAccountFileSystemId = '/subscriptions/00000000-0000-0000-0000-000000000009/resourceGroups/n/providers/Microsoft.Storage/storageAccounts/lake/blobServices/default/containers/data'\nparam subnetId = '/subscriptions/00000000-0000-0000-0000-000000000009/resourceGroups/n/providers/Microsoft.Network/virtualNetworks/v/subnets/s'\n",
        };
}
