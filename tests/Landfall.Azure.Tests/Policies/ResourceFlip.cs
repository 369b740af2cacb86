using System.Text.Json.Nodes;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Tests.Policies;

/// <summary>Changes a resource as somebody might who makes a mistake.</summary>
internal static class ResourceFlip
{
    /// <summary>
    /// A resource with other values: <c>path=JSON</c>, several with blanks between, <c>path=-</c> to take one away. A
    /// part of a path that is a number is an item of a list.
    /// </summary>
    public static SnapshotResource Of(SnapshotResource resource, string changes)
    {
        JsonNode body = JsonNode.Parse(resource.Body.GetRawText())!;
        foreach (string change in changes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = change.Split('=', 2);
            Set(body, parts[0].Split('.'), parts[1]);
        }

        string snapshot = new JsonObject { ["predictedResources"] = new JsonArray(body) }.ToJsonString();
        return Snapshot.Parse(snapshot).Resources.Single();
    }

    private static void Set(JsonNode body, string[] path, string value)
    {
        JsonNode at = body;
        foreach (string part in path[..^1])
        {
            at = int.TryParse(part, out int index) ? at[index]! : at[part] ??= new JsonObject();
        }

        if (value == "-")
        {
            Assert.True(at.AsObject().Remove(path[^1]), $"{string.Join('.', path)} is not there.");
        }
        else
        {
            at[path[^1]] = JsonNode.Parse(value);
        }
    }
}
