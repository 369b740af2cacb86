using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Landfall.Azure.Checking;
using Landfall.Azure.Compiler;
using Landfall.Azure.Deployments;
using Landfall.Azure.Snapshots;

namespace Landfall.Bench;

/// <summary>A check of a folder of deployments, or its evaluation alone, as a process of its own did it.</summary>
/// <param name="Seconds">Wall time, the compiler's start in it.</param>
/// <param name="Processor">Processor seconds of the process itself in that time.</param>
/// <param name="PeakBytes">Most real memory of the process itself.</param>
/// <param name="CompilerProcessor">Processor seconds of the compiler; 0 where it was not started.</param>
/// <param name="CompilerPeakBytes">Most real memory of the compiler; 0 where it was not started.</param>
/// <param name="Deployments">How many deployments.</param>
/// <param name="FromCache">How many of them came from the cache.</param>
/// <param name="Resources">Ids of the resources that they make, in order.</param>
/// <param name="Findings">Codes of what is wrong.</param>
internal sealed record AzurePart(
    double Seconds, double Processor, long PeakBytes, double CompilerProcessor, long CompilerPeakBytes,
    int Deployments, int FromCache, ImmutableArray<string> Resources, ImmutableArray<string> Findings)
{
    /// <summary>Has it done in a process of its own.</summary>
    /// <param name="home">The home.</param>
    /// <param name="part"><c>check</c>, or <c>evaluate</c> for what comes before the rules.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="cache">The folder of the cache.</param>
    public static AzurePart Of(BenchHome home, string part, string folder, string cache) =>
        JsonSerializer.Deserialize<AzurePart>(home.SelfText("azure-part", part, folder, cache))!;

    /// <summary>What that process does; it writes what it measured.</summary>
    public static async Task RunAsync(string part, string folder, string cache)
    {
        ImmutableArray<TargetSet> sets = DeploymentFolder.Read(folder, null, new ForeignDefaults());
        await using CompilerOnDemand compiler = new(AzureBench.Compiler, BicepCompiler.DefaultPatience);
        DeploymentEvaluator evaluator = new(compiler, new SnapshotCache(cache));
        using Process self = Process.GetCurrentProcess();
        TimeSpan before = self.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        CheckResult result = part == "check"
            ? await new DeploymentChecker(evaluator, DateTimeOffset.UtcNow)
                .CheckAsync(folder, sets, null, CancellationToken.None)
            : await EvaluateAsync(evaluator, folder, sets);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        self.Refresh();
        double processor = (self.TotalProcessorTime - before).TotalSeconds;
        int deployments = result.Deployments.Length;
        (double used, long most) = result.FromCache == deployments ? (0, 0) : await OfCompilerAsync(compiler);
        IEnumerable<string> resources = result.Deployments
            .SelectMany(d => d.Deployment.Snapshot?.Resources ?? []).Select(r => r.Id);
        Console.Write(JsonSerializer.Serialize(new AzurePart(
            seconds, processor, self.PeakWorkingSet64, used, most, deployments, result.FromCache,
            [.. resources.Order(StringComparer.Ordinal)],
            [.. result.Findings.Select(f => $"{f.Code} {f.Deployment}: {f.Message}")])));
    }

    private static async Task<CheckResult> EvaluateAsync(
        DeploymentEvaluator evaluator, string folder, ImmutableArray<TargetSet> sets)
    {
        List<(string Environment, EvaluatedDeployment Deployment)> evaluated = [];
        foreach (TargetSet set in sets)
        {
            foreach (DeploymentTarget target in set.Targets)
            {
                evaluated.Add((set.Environment, await evaluator.EvaluateAsync(folder, target, CancellationToken.None)));
            }
        }

        return new([], [.. evaluated]);
    }

    private static async Task<(double Seconds, long Peak)> OfCompilerAsync(CompilerOnDemand compiler)
    {
        BicepCompiler running = await compiler.GetAsync(CancellationToken.None);
        using Process process = Process.GetProcessById(running.ProcessId);
        return (process.TotalProcessorTime.TotalSeconds, process.PeakWorkingSet64);
    }
}
