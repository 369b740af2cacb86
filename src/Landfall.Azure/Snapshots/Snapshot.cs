using System.Collections.Immutable;
using System.Text.Json;

namespace Landfall.Azure.Snapshots;

/// <summary>What a deployment makes, as the compiler evaluates it. Immutable.</summary>
public sealed class Snapshot
{
    private Snapshot(ImmutableArray<SnapshotResource> resources)
    {
        Resources = resources;
        Unknown =
        [
            .. resources.Where(r => !IsPolicy(r)).SelectMany(r => JsonText.Of(r.Body)
                .Where(t => t.IsUnknown)
                .Select(t => new UnknownValue(r.Id, t.Path, t.Value))),
        ];
    }

    /// <summary>The resources, in the compiler's order.</summary>
    public ImmutableArray<SnapshotResource> Resources { get; }

    /// <summary>The values that are known only when deployed.</summary>
    public ImmutableArray<UnknownValue> Unknown { get; }

    /// <summary>Reads the compiler's text.</summary>
    /// <exception cref="JsonException">The text is no snapshot.</exception>
    public static Snapshot Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        JsonElement resources = document.RootElement.At("predictedResources");
        return resources.ValueKind != JsonValueKind.Array
            ? throw new JsonException("The snapshot has no predictedResources.")
            : new([.. resources.EnumerateArray().Select(r => Resource(r.Clone()))]);
    }

    /// <summary>Definitions of policies hold expressions of their own, which are not the deployment's.</summary>
    private static bool IsPolicy(SnapshotResource resource) => resource.Is("Microsoft.Authorization/policyDefinitions")
        || resource.Is("Microsoft.Authorization/policySetDefinitions");

    private static SnapshotResource Resource(JsonElement body) =>
        new(Word(body, "id"), Word(body, "type"), Word(body, "name"), Word(body, "apiVersion"), body);

    private static string Word(JsonElement body, string name) =>
        body.At(name) is { ValueKind: JsonValueKind.String } word
            ? word.GetString()!
            : throw new JsonException($"A resource of the snapshot has no {name}.");
}
