using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Engine.DuckDb.Building;
using Landfall.Workers;

namespace Landfall.Engine.WorkerHost;

/// <summary>
/// A build that is wrong on purpose: where an input lost rows and got others, it looks for affected values among those
/// that came only.
/// </summary>
internal sealed class ForgetfulBuild : IWorkerTask
{
    private readonly BuildTask _build = new();

    public string Kind => BuildTask.TaskKind;

    public async Task<JsonNode> RunAsync(
        JsonElement payload, WorkerContext context, CancellationToken cancellationToken)
    {
        JsonNode build = JsonNode.Parse(payload.GetRawText())!;
        foreach (JsonNode? input in build["inputs"]!.AsArray())
        {
            if ((string?)input!["changes"] is { } changes && changes.StartsWith('('))
            {
                input["changes"] = FirstOperand(changes);
            }
        }

        using JsonDocument forgetful = JsonDocument.Parse(build.ToJsonString());
        return await _build.RunAsync(forgetful.RootElement, context, cancellationToken);
    }

    /// <summary>What stands in the first parentheses: the rows that came.</summary>
    private static string FirstOperand(string sql)
    {
        int depth = 0;
        int end = 0;
        do
        {
            depth += sql[end] == '(' ? 1 : sql[end] == ')' ? -1 : 0;
            end++;
        }
        while (depth > 0);
        return sql[1..(end - 1)];
    }
}
