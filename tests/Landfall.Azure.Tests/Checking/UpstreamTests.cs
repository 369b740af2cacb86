using Landfall.Azure.Checking;
using Landfall.Testing;

namespace Landfall.Azure.Tests.Checking;

/// <summary>
/// The public templates, which nobody maintains, as ARM JSON behind files of parameters: what is known to be wrong with
/// them is found, and nothing else is claimed.
/// </summary>
public sealed class UpstreamTests(BicepFixture bicep)
{
    private const string Outside = "/subscriptions/00000000-0000-0000-0000-000000000009/resourceGroups/lz/providers";

    /// <summary>The parameters that each of the templates wants, but for location and prefix, which all do.</summary>
    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["environment"] = "'dev'",
        ["administratorPassword"] = "az.getSecret('00000000-0000-0000-0000-000000000002', 'rg', 'kv', 'password')",
        ["subnetId"] = $"'{Outside}/Microsoft.Network/virtualNetworks/v/subnets/s'",
        ["synapseDefaultStorageAccountFileSystemId"] =
            $"'{Outside}/Microsoft.Storage/storageAccounts/lake/blobServices/default/containers/data'",
    };

    private static readonly string Shared =
        Path.GetFullPath(Path.Combine(RepositoryRoot.Folder, "..", "shared", "azure", "upstream"));

    /// <summary>
    /// LF5104 is every type of an older version, LF5105 the retired MySQL single server, LF5117 every endpoint whose
    /// zone is an empty parameter, LF5124 the subnet that the zone would have made.
    /// </summary>
    [Theory]
    [InlineData("data-management-zone", "", 132, 47, "LF5104 20")]
    [InlineData("data-landing-zone", "administratorPassword", 100, 36, "LF5104 20, LF5105 3, LF5117 20")]
    [InlineData("data-product-batch", "environment subnetId", 17, 2, "LF5104 6, LF5117 4, LF5124 4")]
    [InlineData("data-product-analytics", "subnetId", 28, 1, "LF5104 11, LF5117 7, LF5124 9")]
    [InlineData(
        "data-product-streaming",
        "environment administratorPassword subnetId synapseDefaultStorageAccountFileSystemId", 19, 2,
        "LF5104 7, LF5117 6, LF5124 6")]
    public async Task Check_OfATemplate_FindsWhatIsKnown(
        string name, string parameters, int resources, int unknown, string expected)
    {
        Assert.SkipUnless(Directory.Exists(Shared), "There is no shared/azure beside the repository.");
        IEnumerable<string> lines =
        [
            "using './main.json'", "param location = 'westeurope'", "param prefix = 'relc'",
            .. parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => $"param {p} = {Parameters[p]}"),
        ];
        using TestFolder folder = new();
        folder.Write("main.json", await File.ReadAllTextAsync(Path.Combine(Shared, $"{name}.main.json")))
            .Write("main.bicepparam", string.Join('\n', lines) + "\n");

        CheckResult result = await bicep.CheckAsync(folder.Path);

        IEnumerable<string> counts = result.Findings.GroupBy(f => f.Code).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"{g.Key} {g.Count()}");
        Assert.Equal(expected, string.Join(", ", counts));
        Assert.Equal((resources, unknown), (result.Resources, result.Unknown.Count()));
    }

    [Fact]
    public async Task Check_WithAPasswordInPlainText_FindsItAndDoesNotShowIt()
    {
        Assert.SkipUnless(Directory.Exists(Shared), "There is no shared/azure beside the repository.");
        using TestFolder folder = new();
        folder.Write("main.json", await File.ReadAllTextAsync(Path.Combine(Shared, "data-landing-zone.main.json")))
            .Write(
                "main.bicepparam",
                """
                using './main.json'
                param location = 'westeurope'
                param prefix = 'relc'
                param administratorPassword = 'not-a-good-one'
                """);

        CheckResult result = await bicep.CheckAsync(folder.Path);

        Assert.Contains(
            result.Findings,
            f => f.Code == "LF5121" && f.Place == "main.bicepparam parameters.administratorPassword");
        Assert.DoesNotContain(result.Findings, f => f.ToString().Contains("not-a-good-one", StringComparison.Ordinal));
    }
}
