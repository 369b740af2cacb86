using Landfall.Azure.Checking;

namespace Landfall.Azure.Tests.Snapshots;

public sealed class DeploymentEvaluatorTests(BicepFixture bicep) : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestFolder _cache = new();

    public void Dispose()
    {
        _folder.Dispose();
        _cache.Dispose();
    }

    [Fact]
    public async Task Evaluate_AfterAFileChanged_CompilesOnlyWhatReadsIt()
    {
        _folder.Write("own.bicep", Identity("own")).Write("shared.bicep", Identity("shared"))
            .Write("a/main.bicep", "module m '../own.bicep' = {}\n")
            .Write("a/main.bicepparam", "using 'main.bicep'\n")
            .Write("b/main.bicep", "module m '../shared.bicep' = {}\n")
            .Write("b/main.bicepparam", "using 'main.bicep'\n")
            .Write("c/main.json", Template("one")).Write("c/main.bicepparam", "using './main.json'\n");
        Assert.Equal(0, (await CheckAsync()).FromCache);
        CheckResult warm = await CheckAsync();
        Assert.Equal(3, warm.FromCache);
        Assert.Equal(3, warm.Resources);

        _folder.Write("own.bicep", Identity("other"));
        Assert.Equal(["b/main", "c/main"], Cached(await CheckAsync()));

        _folder.Write("c/main.json", Template("two"));
        Assert.Equal(["a/main", "b/main"], Cached(await CheckAsync()));
    }

    [Fact]
    public async Task Evaluate_WithADamagedEntry_CompilesAgainAndMendsIt()
    {
        _folder.Write("main.bicep", Identity("own")).Write("main.bicepparam", "using 'main.bicep'\n");
        CheckResult cold = await CheckAsync();
        Assert.All(Directory.GetFiles(_cache.Path), f => File.WriteAllText(f, "damaged"));

        CheckResult again = await CheckAsync();

        Assert.Equal(0, again.FromCache);
        Assert.Equal(cold.Findings, again.Findings);
        Assert.Equal(1, (await CheckAsync()).FromCache);
    }

    [Fact]
    public async Task Evaluate_InAnotherPlace_IsAnotherEntry()
    {
        _folder.Write("main.bicep", Identity("own")).Write("main.bicepparam", "using 'main.bicep'\n");
        await CheckAsync();

        CheckResult elsewhere = await bicep.CheckAsync(
            _folder.Path, new() { Subscription = "00000000-0000-0000-0000-000000000003" }, _cache.Path);

        Assert.Equal(0, elsewhere.FromCache);
        Assert.Equal(
            "00000000-0000-0000-0000-000000000003",
            elsewhere.Deployments[0].Deployment.Snapshot!.Resources[0].Id.Split('/')[2]);
    }

    [Fact]
    public async Task Evaluate_WithAConfigurationThatIsNew_CompilesAgain()
    {
        _folder.Write("a/main.bicep", "param unused string = ''\n" + Identity("own"))
            .Write("a/main.bicepparam", "using 'main.bicep'\n");
        await CheckAsync();
        Assert.Equal(1, (await CheckAsync()).FromCache);

        _folder.Write(
            "bicepconfig.json",
            """{"analyzers": {"core": {"rules": {"no-unused-params": {"level": "off"}}}}}""");

        Assert.Equal(0, (await CheckAsync()).FromCache);
    }

    [Fact]
    public async Task Evaluate_OfWhatReadsTheEnvironment_IsNotCached()
    {
        _folder.Write("main.bicep", "param x string\n" + Identity("${x}")).Write(
            "main.bicepparam", "using 'main.bicep'\nparam x = readEnvironmentVariable('LANDFALL_NO_SUCH', 'one')\n");

        await CheckAsync();

        Assert.Equal(0, (await CheckAsync()).FromCache);
        Assert.Empty(Directory.GetFiles(_cache.Path));
    }

    private static string[] Cached(CheckResult result) =>
        [.. result.Deployments.Where(d => d.Deployment.IsFromCache).Select(d => d.Deployment.Target.Name)];

    private static string Identity(string name) =>
        $$"""
        resource a 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
          name: 'id-{{name}}'
          location: 'westeurope'
        }
        """;

    private static string Template(string name) =>
        $$"""
        {
          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          "contentVersion": "1.0.0.0",
          "resources": [{
            "type": "Microsoft.ManagedIdentity/userAssignedIdentities", "apiVersion": "2024-11-30",
            "name": "id-{{name}}", "location": "westeurope"
          }]
        }
        """;

    private Task<CheckResult> CheckAsync() => bicep.CheckAsync(_folder.Path, null, _cache.Path);
}
