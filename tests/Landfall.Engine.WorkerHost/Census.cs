using System.Text.Json.Nodes;
using Landfall.Workers;

namespace Landfall.Engine.WorkerHost;

/// <summary>
/// Runs workers one after the other and tells which of its own threads are confined, while and after.
/// </summary>
internal static class Census
{
    private const int Workers = 10;

    public static async Task<int> RunAsync(WorkerCommand command)
    {
        int most = 0;
        WorkerLauncher launcher = new(command, TimeProvider.System, Orchestrator.Scratch);
        for (int i = 0; i < Workers; i++)
        {
            Task<WorkerReport> run = launcher.RunAsync(Request(), null, Console.Error, default);
            while (!run.IsCompleted)
            {
                most = Math.Max(most, Confined());
                // Looks again and again while the worker runs; it ends by itself.
                await Task.Delay(5);
            }

            WorkerReport report = await run;
            if (report.Failure is not null)
            {
                return 1;
            }
        }

        // A thread is gone from the list a little after it has ended.
        bool isFree = SpinWait.SpinUntil(() => Confined() == 0, TimeSpan.FromSeconds(5));
        Console.WriteLine($"{most} {(isFree ? "free" : "confined")}");
        return 0;
    }

    private static int Confined() => Directory.GetDirectories("/proc/self/task").Count(IsConfined);

    private static bool IsConfined(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "status"))
                .Contains("NoNewPrivs:\t1", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static WorkerRequest Request() => new()
    {
        Kind = "echo", Payload = new JsonObject(), MemoryBytes = 256 << 20, Threads = 1,
        Timeout = TimeSpan.FromMinutes(1),
    };
}
