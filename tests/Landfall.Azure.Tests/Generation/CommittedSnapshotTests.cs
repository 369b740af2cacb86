using System.Diagnostics;
using System.Runtime.CompilerServices;
using Landfall.Azure.Deployments;

namespace Landfall.Azure.Tests.Generation;

/// <summary>
/// What Relecloud was in Azure when somebody last looked: the compiler itself compares. After a change that is meant,
/// <c>LANDFALL_SNAPSHOTS=overwrite ./test Landfall.Azure.Tests --filter CommittedSnapshotTests</c> writes them anew.
/// </summary>
public sealed class CommittedSnapshotTests
{
    private static readonly bool _overwrites =
        Environment.GetEnvironmentVariable("LANDFALL_SNAPSHOTS") == "overwrite";

    public static TheoryData<string, string> Deployments { get; } = new(
        ((string[])["dev", "prod"]).SelectMany(e => ((string[])
        [
            "policies.management", "policies.billing", "policies.operations", "management", "billing", "operations",
            "operations.cloud-accounts", "operations.cloud-service-recommender", "operations.recommender-revenue",
            "links",
        ]).Select(d => new TheoryDataRow<string, string>(e, d))));

    [Theory]
    [MemberData(nameof(Deployments))]
    public async Task Snapshot_OfADeployment_HasNotDrifted(string environment, string name)
    {
        using GeneratedEstate generated = GeneratedEstate.Relecloud(environment);
        Deployment deployment = Find(generated, environment, name);
        string committed = Path.Combine(Folder(), environment, $"{name}.snapshot.json");
        string beside = Path.Combine(
            generated.Path, Path.ChangeExtension(deployment.Parameters, ".snapshot.json"));
        if (_overwrites)
        {
            Assert.Equal("", await SnapshotAsync(generated.Path, deployment, "overwrite"));
            _ = Directory.CreateDirectory(Path.GetDirectoryName(committed)!);
            File.Copy(beside, committed, overwrite: true);
            return;
        }

        File.Copy(committed, beside);
        Assert.Equal("", await SnapshotAsync(generated.Path, deployment, "validate"));
    }

    /// <summary>The control: a deployment that is not what was committed.</summary>
    [Fact]
    public async Task Snapshot_OfAChangedDeployment_IsFoundToDrift()
    {
        using GeneratedEstate generated = GeneratedEstate.Relecloud("dev")
            .Change("modules/agreement-roles.bicep", "conditionVersion: '2.0'", "conditionVersion: '1.0'");
        Deployment links = Find(generated, "dev", "links");
        File.Copy(
            Path.Combine(Folder(), "dev", "links.snapshot.json"),
            Path.Combine(generated.Path, Path.ChangeExtension(links.Parameters, ".snapshot.json")));

        Assert.Contains(
            "conditionVersion", await SnapshotAsync(generated.Path, links, "validate"), StringComparison.Ordinal);
    }

    private static Deployment Find(GeneratedEstate generated, string environment, string name) => DeploymentSet
        .Parse(File.ReadAllText(Path.Combine(generated.Path, DeploymentSet.FileName(environment))))
        .Deployments.Single(d => d.Name == name);

    /// <summary>Runs the compiler's own command.</summary>
    /// <returns>What it says where it fails; nothing where it does not.</returns>
    private static async Task<string> SnapshotAsync(string folder, Deployment deployment, string mode)
    {
        string tenant = DeploymentSet.Parse(await File.ReadAllTextAsync(
            Directory.GetFiles(folder, "deployments.*.json").Single(), TestContext.Current.CancellationToken)).Tenant;
        ProcessStartInfo start = new(BicepFixture.CompilerPath,
        [
            "snapshot", Path.Combine(folder, deployment.Parameters), "--mode", mode, "--tenant-id", tenant,
            "--subscription-id", deployment.Subscription, "--location", deployment.Location,
            "--deployment-name", deployment.Name,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0 ? "" : $"{text}{await errors}";
    }

    private static string Folder([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "..", "Committed");
}
