using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Workers;

namespace Landfall.Engine.WorkerHost;

/// <summary>A task that is a function.</summary>
internal sealed class TestTask(
    string kind, Func<JsonElement, WorkerContext, CancellationToken, Task<JsonNode>> run) : IWorkerTask
{
    public TestTask(string kind, Func<JsonElement, WorkerContext, JsonNode> run)
        : this(kind, (payload, context, _) => Task.Run(() => run(payload, context)))
    {
    }

    public string Kind => kind;

    public Task<JsonNode> RunAsync(JsonElement payload, WorkerContext context, CancellationToken cancellationToken) =>
        run(payload, context, cancellationToken);
}
