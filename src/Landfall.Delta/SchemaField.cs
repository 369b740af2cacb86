using System.Text.Json.Nodes;
using Landfall.Estate.Types;

namespace Landfall.Delta;

/// <summary>A column of a table.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">The column's type.</param>
/// <param name="Nullable">Whether null may occur.</param>
/// <param name="Metadata">The field's metadata as compact JSON.</param>
public sealed record SchemaField(string Name, DataType Type, bool Nullable = true, string Metadata = "{}")
{
    /// <summary>A column with a description for people, which other engines show as its comment.</summary>
    public static SchemaField Described(string name, DataType type, bool nullable, string description) => new(
        name,
        type,
        nullable,
        description.Length == 0 ? "{}" : new JsonObject { ["comment"] = description }.ToJsonString());
}
