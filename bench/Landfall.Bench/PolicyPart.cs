using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Landfall.Azure.Compiler;
using Landfall.Azure.Deployments;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Evaluation;
using Landfall.Azure.Snapshots;

namespace Landfall.Bench;

/// <summary>An evaluation of policies over deployments that are known, as a process of its own did it.</summary>
/// <param name="ReadSeconds">Reading the policies.</param>
/// <param name="EvaluateSeconds">Evaluating them, the types of Azure loaded in it.</param>
/// <param name="BeforeBytes">Most real memory of the process before.</param>
/// <param name="PeakBytes">Most real memory of the process after.</param>
/// <param name="Resources">How many resources.</param>
/// <param name="Audited">How many reports, of each kind of definition.</param>
/// <param name="Expected">How many there must be, by counting resources.</param>
internal sealed record PolicyPart(
    double ReadSeconds, double EvaluateSeconds, long BeforeBytes, long PeakBytes, int Resources,
    ImmutableArray<int> Audited, ImmutableArray<int> Expected)
{
    private static readonly string[] Types =
    [
        "Microsoft.Storage/storageAccounts", "Microsoft.Resources/resourceGroups", "Microsoft.Network/virtualNetworks",
        "Microsoft.KeyVault/vaults",
    ];

    /// <summary>Has it done in a process of its own.</summary>
    public static PolicyPart Of(BenchHome home, string folder, string cache, string policies) =>
        JsonSerializer.Deserialize<PolicyPart>(home.SelfText("policy-part", folder, cache, policies))!;

    /// <summary>What that process does; it writes what it measured.</summary>
    public static async Task RunAsync(string folder, string cache, string policies)
    {
        await using CompilerOnDemand compiler = new(AzureBench.Compiler, BicepCompiler.DefaultPatience);
        DeploymentEvaluator evaluator = new(compiler, new SnapshotCache(cache));
        List<SnapshotResource> resources = [];
        foreach (DeploymentTarget target in DeploymentFolder.Read(folder, null, new()).SelectMany(s => s.Targets))
        {
            EvaluatedDeployment made = await evaluator.EvaluateAsync(folder, target, CancellationToken.None);
            BenchHome.Require(made.IsFromCache, "deployments that are known");
            resources.AddRange(made.Snapshot!.Resources);
        }

        using Process self = Process.GetCurrentProcess();
        long before = self.PeakWorkingSet64;
        long start = Stopwatch.GetTimestamp();
        PolicyLibrary library = PolicyFiles.Read(policies);
        BenchHome.Require(library.Diagnostics.IsEmpty, "policies without a mistake");
        double read = Stopwatch.GetElapsedTime(start).TotalSeconds;
        start = Stopwatch.GetTimestamp();
        PolicyReport report = new PolicyEvaluator(library, DateTimeOffset.UtcNow).Evaluate(resources);
        double evaluated = Stopwatch.GetElapsedTime(start).TotalSeconds;
        self.Refresh();
        int ofKind = library.DefinitionCount / SamplePolicies.Kinds;
        Console.Write(JsonSerializer.Serialize(new PolicyPart(
            read, evaluated, before, self.PeakWorkingSet64, resources.Count,
            [.. Enumerable.Range(0, SamplePolicies.Kinds).Select(k => report.Of(PolicyOutcome.Audited)
                .Count(r => int.Parse(r.Definition[^3..], null) % SamplePolicies.Kinds == k))],
            [.. Types.Select(t => ofKind * resources.Count(r => r.Is(t)))])));
    }
}
