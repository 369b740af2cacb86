using System.Text.Json;
using Azure.Bicep.Types.Concrete;

namespace Landfall.Azure.Types;

/// <summary>A value of a resource with its type.</summary>
/// <param name="Path">Where it stands, for example <c>properties.subnets[0].name</c>.</param>
/// <param name="Value">The value: no object and no array.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsSensitive">Whether its type, or that of what it stands in, says that nobody should see it.</param>
public readonly record struct TypedValue(string Path, JsonElement Value, TypeBase Type, bool IsSensitive)
{
    /// <summary>Every value below an element whose type is known.</summary>
    public static IEnumerable<TypedValue> Of(JsonElement element, TypeBase type) => Of(element, type, "");

    private static IEnumerable<TypedValue> Of(JsonElement element, TypeBase type, string path) =>
        (element.ValueKind, type) switch
        {
            (JsonValueKind.Object, ObjectType shape) => element.EnumerateObject()
                .SelectMany(p => Property(p, shape, path))
                .Select(v => shape.Sensitive == true ? v with { IsSensitive = true } : v),
            (JsonValueKind.Object, DiscriminatedObjectType choice) => Variant(element, choice, path),
            (JsonValueKind.Array, ArrayType list) => element.EnumerateArray()
                .SelectMany((item, i) => Of(item, list.ItemType.Type, $"{path}[{i}]")),
            (JsonValueKind.Object or JsonValueKind.Array, UnionType union) => union.Elements.Select(e => e.Type)
                .Where(t => t is ObjectType or ArrayType or DiscriminatedObjectType)
                .Take(1)
                .SelectMany(t => Of(element, t, path)),
            (JsonValueKind.Object or JsonValueKind.Array, _) => [],
            _ => [new(path, element, type, type is StringType { Sensitive: true })],
        };

    private static IEnumerable<TypedValue> Property(JsonProperty property, ObjectType shape, string path)
    {
        string below = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
        TypeBase? type = shape.Properties.TryGetValue(property.Name, out ObjectTypeProperty? known)
            ? known.Type.Type
            : shape.AdditionalProperties?.Type;
        return type is null ? [] : Of(property.Value, type, below);
    }

    private static IEnumerable<TypedValue> Variant(JsonElement element, DiscriminatedObjectType choice, string path)
    {
        IEnumerable<TypedValue> shared =
            Of(element, new ObjectType(choice.Name, choice.BaseProperties, null, null), path);
        bool isKnown = element.TryGetProperty(choice.Discriminator, out JsonElement word)
            && word.ValueKind == JsonValueKind.String
            && choice.Elements.TryGetValue(word.GetString()!, out _);
        return isKnown
            ? shared.Concat(Of(element, choice.Elements[word.GetString()!].Type, path)).DistinctBy(v => v.Path)
            : shared;
    }
}
