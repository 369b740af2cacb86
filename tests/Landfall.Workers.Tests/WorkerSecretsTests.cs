using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Landfall.Testing;

namespace Landfall.Workers.Tests;

public sealed class WorkerSecretsTests : IDisposable
{
    private const string Canary = "canary-5e0b+/41";

    private readonly WorkerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    private static WorkerRequest Request(string kind, JsonNode? payload = null) =>
        WorkerBench.Request(kind, payload) with
        {
            Secrets = ImmutableDictionary<string, string>.Empty.Add("PASSWORD", Canary),
        };

    [Fact]
    public async Task Secrets_OfTheRequest_ReachTheTask()
    {
        WorkerReport report = await _bench.RunAsync(Request("echo"));

        Assert.Equal($"PASSWORD={Canary}", (string)report.Result!["secrets"]![0]!);
    }

    [Fact]
    public async Task Secrets_OfTheRequest_AreNeitherInEnvironmentNorArguments()
    {
        string seen = "";
        _bench.OnProgress = p => seen =
            File.ReadAllText($"/proc/{p.RowsDone}/environ") + File.ReadAllText($"/proc/{p.RowsDone}/cmdline");

        WorkerReport report = await _bench.RunAsync(Request("self"));

        Assert.Contains("TMPDIR=", seen, StringComparison.Ordinal);
        Assert.Contains("worker", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, seen, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, report.Result!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Environment_OfThisProcess_IsNotTheWorkers()
    {
        Environment.SetEnvironmentVariable("LANDFALL_TEST_SECRET", Canary);
        try
        {
            WorkerReport report = await _bench.RunAsync(Request("self"));

            string environment = (string)report.Result!["environment"]!;
            Assert.Contains("PATH=", environment, StringComparison.Ordinal);
            Assert.DoesNotContain("LANDFALL_TEST_SECRET", environment, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("LANDFALL_TEST_SECRET", null);
        }
    }

    [Fact]
    public async Task Secrets_InTheWorkersText_AreCutOut()
    {
        JsonObject payload = new() { ["output"] = $"to {Canary}", ["error"] = $"with {Canary}!" };

        WorkerReport report = await _bench.RunAsync(Request("say", payload));

        Assert.DoesNotContain(Canary, _bench.Log, StringComparison.Ordinal);
        Assert.Contains("with ***!", _bench.Log, StringComparison.Ordinal);
        Assert.Contains("to ***", report.LogTail);
    }

    [Fact]
    public async Task Secrets_InAFailure_AreCutOut()
    {
        WorkerReport report = await _bench.RunAsync(Request("fail", $"No login with {Canary}."));

        Assert.Equal("No login with ***.", report.Failure!.Message);
    }

    [Fact]
    public void Request_AsText_HidesSecrets() =>
        Assert.DoesNotContain(Canary, Request("echo").ToString(), StringComparison.Ordinal);

    [Fact]
    public async Task Worker_Crash_LeavesNoCore()
    {
        WorkerReport report = await _bench.RunAsync(Request("self"));

        const string Name = "Max core file size";
        string line = ((string)report.Result!["limits"]!).Split('\n')
            .Single(l => l.StartsWith(Name, StringComparison.Ordinal));
        Assert.Equal(["0", "0"], line[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[..2]);
    }

    [Fact]
    public async Task Worker_DescriptorsOfThisProcess_AreNotTheWorkers()
    {
        string file = _bench.File("open");
        using FileStream open = File.OpenRead(file);

        WorkerReport report = await _bench.RunAsync(Request("self"));

        Assert.DoesNotContain(file, report.Result!["files"]!.AsArray().Select(f => (string)f!));
    }
}
