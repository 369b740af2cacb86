using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Landfall.Azure.Compiler;
using Landfall.Azure.Deployments;
using Landfall.Azure.Generation;
using Landfall.Estate;
using Landfall.Recommender.Definitions;

namespace Landfall.Bench;

/// <summary>
/// Relecloud and an estate of many zones as deployments of Azure: generating and checking them, beside the compiler
/// alone, a process a deployment. Both estates must be clean, and both sides must find the same resources.
/// </summary>
internal static class AzureBench
{
    private const string Environment = "dev";

    // In process the median; of the command the best, since whatever else the machine does only adds.
    private const int RoundsInProcess = 9;
    private const int RoundsOfCommand = 3;

    private static readonly EstateKinds _kinds = EstateKinds.Standard with
    {
        Products = [.. EstateKinds.Standard.Products, new ModelManifest()],
    };

    /// <summary>The compiler's file.</summary>
    /// <exception cref="LandfallException">LF5150: there is none.</exception>
    public static string Compiler => BicepLocator.Find(null, System.Environment.GetEnvironmentVariable);

    /// <summary>Whether there is a compiler; without one estates are generated only.</summary>
    public static bool HasCompiler(out string why)
    {
        try
        {
            why = Compiler;
            return true;
        }
        catch (LandfallException failure)
        {
            why = failure.Message;
            return false;
        }
    }

    public static void Run(BenchHome home)
    {
        string relecloud = Path.Combine(home.Folder, "azure-relecloud");
        Copy(Path.Combine(home.Root, "estates", "relecloud"), relecloud);
        string many = Path.Combine(home.Folder, "azure-many");
        int zones = home.Size.AzureZones;
        new AzureEstate(many, zones, home.Size.AzureProducts).Write();
        string name = string.Create(CultureInfo.InvariantCulture, $"{zones} zones");
        string[] folders = [Generate(home, "Relecloud", relecloud), Generate(home, name, many)];
        if (!HasCompiler(out string why))
        {
            Console.Error.WriteLine(why);
            return;
        }

        if (!home.Size.IsTiny)
        {
            _ = Check(home, "Relecloud", relecloud, folders[0], "billing/zone.yaml", "budget: { monthly: 600.00 }");
        }

        double cold = Check(home, name, many, folders[1], AzureEstate.ZoneFile(1), AzureEstate.Budget);
        Evaluate(home, name, many, folders[1], cold);
    }

    /// <summary>Policies on all that the estate makes, beside making it known: evaluating its deployments.</summary>
    private static void Evaluate(BenchHome home, string name, string estate, string folder, double cold)
    {
        int count = home.Size.Policies;
        string policies = $"{estate}-policies";
        SamplePolicies.Write(policies, count);
        PolicyPart part = PolicyPart.Of(home, folder, $"{estate}-cache", policies);
        BenchHome.Require(
            part.Audited.SequenceEqual(part.Expected) && part.Audited.All(a => a > 0),
            $"{string.Join(", ", part.Expected)} reports, not {string.Join(", ", part.Audited)}");
        double seconds = part.ReadSeconds + part.EvaluateSeconds;
        Row($"{name}, {count} policies", string.Create(
            CultureInfo.InvariantCulture,
            $"{seconds:F2} s, {part.ReadSeconds:F2} s of it reading; {part.Resources:N0} resources, "
            + $"{part.Audited.Sum():N0} reports"));
        Row($"{name}, {count} policies, memory", $"{Mega(part.PeakBytes)}, {Mega(part.BeforeBytes)} of it before");
        Row($"{name}, ratio policies / azure check, cold", string.Create(
            CultureInfo.InvariantCulture, $"{seconds / cold:F2}"));
    }

    /// <summary>Generates an estate into new folders; returns one of them.</summary>
    private static string Generate(BenchHome home, string name, string estate)
    {
        double[] ours = new double[home.Size.IsTiny ? 1 : RoundsInProcess];
        GeneratedFiles? generated = null;
        for (int round = 0; round < ours.Length; round++)
        {
            string target = $"{estate}-{round}";
            long start = Stopwatch.GetTimestamp();
            generated = Write(estate, target);
            ours[round] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        string folder = $"{estate}-command";
        double command = double.MaxValue;
        for (int round = 0; round < (home.Size.IsTiny ? 1 : RoundsOfCommand); round++)
        {
            Remove(folder);
            long start = Stopwatch.GetTimestamp();
            home.Landfall("azure", "generate", "--estate", estate, "--out", folder, "--environment", Environment);
            command = Math.Min(command, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        BenchHome.Require(
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count() == generated!.Files.Count
            && generated.Files.All(f => File.ReadAllText(Path.Combine(folder, f.Key)) == f.Value),
            "the same files of the command");
        Row($"{name}, generated in process", string.Create(
            CultureInfo.InvariantCulture,
            $"{ours.Order().ElementAt(ours.Length / 2):F3} s, first {ours[0]:F3} s; {generated.Files.Count} files"));
        Row($"{name}, landfall azure generate", $"{command:F2} s");
        return folder;
    }

    /// <returns>Seconds of the check of what is not known.</returns>
    private static double Check(
        BenchHome home, string name, string estate, string folder, string changedFile, string changedLine)
    {
        string cache = $"{estate}-cache";
        AzurePart evaluated = AzurePart.Of(home, "evaluate", folder, cache);
        AzurePart rules = Clean(AzurePart.Of(home, "check", folder, cache), evaluated.Deployments);
        Remove(cache);
        AzurePart cold = Clean(AzurePart.Of(home, "check", folder, cache), 0);
        AzurePart warm = Clean(AzurePart.Of(home, "check", folder, cache), cold.Deployments);
        Row($"{name}, check, cold", $"{Figures(cold)}; {cold.Resources.Length:N0} resources");
        double processor = cold.Processor + cold.CompilerProcessor;
        Row($"{name}, check, compiler's share of processor time", string.Create(
            CultureInfo.InvariantCulture,
            $"{cold.CompilerProcessor / processor:F2} of {processor:F2} s, peak {Mega(cold.CompilerPeakBytes)}"));
        double split = evaluated.Seconds + rules.Seconds;
        Row($"{name}, check, evaluation's share of time", string.Create(
            CultureInfo.InvariantCulture,
            $"{evaluated.Seconds / split:F2}; {evaluated.Seconds:F2} s, rules after it {rules.Seconds:F2} s"));
        Row($"{name}, check, all known", Figures(warm));
        Baseline(home, name, folder, cold);

        string manifest = Path.Combine(estate, changedFile);
        string text = File.ReadAllText(manifest);
        BenchHome.Require(text.Contains(changedLine, StringComparison.Ordinal), "the line to change");
        text = text.Replace(changedLine, "budget: { monthly: 77.00 }", StringComparison.Ordinal);
        File.WriteAllText(manifest, text);
        _ = Write(estate, folder);
        AzurePart changed = Clean(AzurePart.Of(home, "check", folder, cache), cold.Deployments - 1);
        Row($"{name}, check, one deployment changed", Figures(changed));
        Row($"{name}, check, ratio one changed / cold", $"{changed.Seconds / cold.Seconds:F2}");
        return cold.Seconds;
    }

    /// <summary>The command and the compiler alone, which must have the same resources.</summary>
    private static void Baseline(BenchHome home, string name, string folder, AzurePart cold)
    {
        string set = File.ReadAllText(Path.Combine(folder, DeploymentSet.FileName(Environment)));
        DeploymentSet deployments = DeploymentSet.Parse(set);
        Remove(Path.Combine(home.Folder, "azure"));
        long start = Stopwatch.GetTimestamp();
        home.Landfall("azure", "check", folder);
        double ours = Stopwatch.GetElapsedTime(start).TotalSeconds;
        start = Stopwatch.GetTimestamp();
        foreach (Deployment deployment in deployments.Deployments)
        {
            Snapshot(folder, deployments.Tenant, deployment);
        }

        double alone = Stopwatch.GetElapsedTime(start).TotalSeconds;
        string[] snapshots = [.. Directory.EnumerateFiles(folder, "*.snapshot.json", SearchOption.AllDirectories)];
        BenchHome.Require(
            snapshots.SelectMany(Resources).Order(StringComparer.Ordinal).SequenceEqual(cold.Resources),
            "the same resources of the compiler alone");
        Array.ForEach(snapshots, File.Delete);
        Row($"{name}, landfall azure check, cold", $"{ours:F2} s");
        Row($"{name}, bicep snapshot of each deployment", $"{alone:F2} s, the same resources");
        Row($"{name}, ratio bicep snapshot / landfall azure check", $"{alone / ours:F2}");
    }

    private static void Snapshot(string folder, string tenant, Deployment deployment)
    {
        ProcessStartInfo start = new(Compiler,
        [
            "snapshot", Path.Combine(folder, deployment.Parameters), "--mode", "overwrite", "--tenant-id", tenant,
            "--subscription-id", deployment.Subscription, "--location", deployment.Location,
            "--deployment-name", deployment.Name,
        ])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        _ = output.Result;
        BenchHome.Require(process.ExitCode == 0, $"a snapshot of {deployment.Name}: {said}");
    }

    private static string[] Resources(string file)
    {
        using JsonDocument snapshot = JsonDocument.Parse(File.ReadAllText(file));
        return
        [
            .. snapshot.RootElement.GetProperty("predictedResources").EnumerateArray()
                .Select(r => r.GetProperty("id").GetString()!),
        ];
    }

    private static AzurePart Clean(AzurePart part, int fromCache)
    {
        BenchHome.Require(part.Findings.IsEmpty, $"no finding, but {string.Join('\n', part.Findings)}");
        BenchHome.Require(
            part.FromCache == fromCache, $"{fromCache} of {part.Deployments} from the cache, not {part.FromCache}");
        return part;
    }

    private static GeneratedFiles Write(string estate, string folder)
    {
        EstateLoadResult loaded = EstateLoader.Load(estate, _kinds);
        BenchHome.Require(loaded.Estate is not null, $"an estate, but {string.Join('\n', loaded.Diagnostics)}");
        GeneratedFiles generated = EstateGenerator.Generate(loaded.Estate!, Environment, DateTimeOffset.UtcNow);
        _ = GeneratedFolder.Write(folder, generated);
        return generated;
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Figures(AzurePart part) => string.Create(
        CultureInfo.InvariantCulture,
        $"{part.Seconds:F2} s, peak {Mega(part.PeakBytes)}, evaluated {part.Deployments - part.FromCache} of "
        + $"{part.Deployments}");

    private static string Mega(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB");

    private static void Row(string what, string figure) => Console.WriteLine($"{what,-58} {figure}");
}
