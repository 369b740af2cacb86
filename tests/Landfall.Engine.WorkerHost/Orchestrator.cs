using System.Text.Json.Nodes;
using Landfall.Workers;

namespace Landfall.Engine.WorkerHost;

/// <summary>Starts a worker that never ends, says its process id, and waits for it.</summary>
internal sealed class Orchestrator : IProgress<WorkerProgress>
{
    /// <summary>The user's own, so that what one leaves the next can remove.</summary>
    public static string Scratch { get; } =
        Path.Combine(Path.GetTempPath(), $"landfall-worker-host-{Environment.UserName}");

    public void Report(WorkerProgress value) => Console.WriteLine(value.RowsDone);

    public static async Task<int> RunAsync(WorkerCommand command)
    {
        WorkerRequest request = new()
        {
            Kind = "spin", Payload = new JsonObject(), MemoryBytes = 256 << 20, Threads = 1,
            Timeout = TimeSpan.FromMinutes(1),
        };
        WorkerReport report = await new WorkerLauncher(command, TimeProvider.System, Scratch).RunAsync(
            request, new Orchestrator(), Console.Error, default);
        return report.Failure is null ? 0 : 1;
    }
}
