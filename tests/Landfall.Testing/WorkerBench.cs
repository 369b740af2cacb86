using System.Text.Json.Nodes;
using Landfall.Workers;

namespace Landfall.Testing;

/// <summary>A folder and what runs workers in it.</summary>
public sealed class WorkerBench : IDisposable
{
    public static readonly WorkerCommand Command = new(
        DotnetHost.Path,
        [Path.Combine(AppContext.BaseDirectory, "Landfall.Engine.WorkerHost.dll"), WorkerCommand.Argument]);

    private readonly StringWriter _log = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("landfall-test-").FullName;

    public string Log => _log.ToString();

    public List<WorkerProgress> Progress { get; } = [];

    /// <summary>Called with each progress, from the launcher's thread.</summary>
    public Action<WorkerProgress> OnProgress { get; set; } = _ => { };

    public bool IsConfined { get; init; } = true;

    public static WorkerRequest Request(string kind, JsonNode? payload = null) => new()
    {
        Kind = kind,
        Payload = payload ?? new JsonObject(),
        MemoryBytes = 256 << 20,
        Threads = 2,
        Timeout = TimeSpan.FromMinutes(1),
    };

    public string File(string name, string content = "content")
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public Task<WorkerReport> RunAsync(WorkerRequest request, CancellationToken cancellationToken = default) =>
        new WorkerLauncher(Command, TimeProvider.System, Path.Combine(Folder, "scratch"))
        {
            IsConfined = IsConfined,
            Grace = TimeSpan.FromSeconds(1),
        }.RunAsync(request, new Listener(this), TextWriter.Synchronized(_log), cancellationToken);

    /// <summary>Runs a task that tries something on two threads; what both say.</summary>
    public async Task<string> AttemptAsync(WorkerRequest request)
    {
        WorkerReport report = await RunAsync(request);
        string[] answers = report.Failure is null
            ? [.. report.Result!.AsArray().Select(a => a!.GetValue<string>())]
            : throw new InvalidOperationException($"{report.Failure} {Log}");
        return answers[0] == answers[1]
            ? answers[0]
            : throw new InvalidOperationException($"The threads differ: {answers[0]} and {answers[1]}.");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private sealed class Listener(WorkerBench bench) : IProgress<WorkerProgress>
    {
        public void Report(WorkerProgress value)
        {
            bench.Progress.Add(value);
            bench.OnProgress(value);
        }
    }
}
