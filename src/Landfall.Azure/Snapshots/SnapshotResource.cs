using System.Text.Json;

namespace Landfall.Azure.Snapshots;

/// <summary>A resource that a deployment makes.</summary>
/// <param name="Id">Its id; an expression where its name is known only when deployed.</param>
/// <param name="Type">Its type, for example <c>Microsoft.KeyVault/vaults</c>.</param>
/// <param name="Name">Its name with those of its parents; an expression where it is known only when deployed.</param>
/// <param name="ApiVersion">The version of its type.</param>
/// <param name="Body">All of it.</param>
public sealed record SnapshotResource(string Id, string Type, string Name, string ApiVersion, JsonElement Body)
{
    /// <summary>Whether its id is known.</summary>
    public bool IsKnown => !JsonText.IsExpression(Id);

    /// <summary>Its name without those of its parents.</summary>
    public string OwnName => Name[(Name.LastIndexOf('/') + 1)..];

    /// <summary>Its properties; undefined where it has none.</summary>
    public JsonElement Properties => Body.At("properties");

    /// <summary>Whether it is of a type.</summary>
    public bool Is(string type) => Type.Equals(type, StringComparison.OrdinalIgnoreCase);
}
