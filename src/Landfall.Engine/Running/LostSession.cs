using System.Text.Json.Nodes;
using Landfall.Engine.Steps;

namespace Landfall.Engine.Running;

/// <summary>A session of an engine outside of a worker, whose run is gone.</summary>
/// <param name="Session">The session's UUID.</param>
/// <param name="StepId">The step.</param>
/// <param name="Table">The step's table, as its key.</param>
/// <param name="Zone">The zone.</param>
/// <param name="Unit">The integration or product.</param>
/// <param name="Pool">Id of the pool.</param>
internal sealed record LostSession(
    string Session, string StepId, string Table, string Zone, string Unit, string Pool)
{
    /// <summary>What an event says of a session.</summary>
    public static JsonObject Details(StepNode node, string session) => new()
    {
        ["session"] = session,
        ["zone"] = node.Zone.Id,
        ["unit"] = node.UnitId,
        ["pool"] = node.Pool.Id,
    };

    /// <summary>The session of an event.</summary>
    public static LostSession Of(string stepId, string table, string details)
    {
        JsonNode read = JsonNode.Parse(details)!;
        return new(
            (string)read["session"]!, stepId, table, (string)read["zone"]!, (string)read["unit"]!,
            (string)read["pool"]!);
    }
}
