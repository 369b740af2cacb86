using System.Collections.Immutable;
using Azure.Bicep.Types.Concrete;

namespace Landfall.Azure.Policies.Aliases;

/// <summary>
/// Follows the path of an alias through a resource type: below <c>properties</c> first, then at the top; past a
/// <c>properties</c> or a list that the alias leaves out; into a variant that it names or that has the property.
/// </summary>
internal static class AliasWalk
{
    private const string Properties = "properties";
    private const int Longest = 24;

    /// <summary>The way that a path means; null where the type has no such property.</summary>
    public static (ImmutableArray<AliasStep> Steps, bool IsSensitive)? Find(TypeBase body, ImmutableArray<string> path)
    {
        // A child of which there is only one is called default, and its aliases may say so or not.
        ImmutableArray<string> parts =
            path.Length > 1 && path[0].Equals("default", StringComparison.OrdinalIgnoreCase) ? path[1..] : path;
        // A type whose name is a choice of words has a shape for each, and the alias says which.
        if (parts.Length > 1 && VariantOf(body, parts[0]) is { } variant && Find(variant, parts[1..]) is { } inside)
        {
            return inside;
        }

        return Below(body, Properties).Select(p => Walk(p, parts, [new(Properties)], false))
            .Append(Walk(body, parts, [], false)).FirstOrDefault(f => f is not null);
    }

    /// <summary>Names of the properties that aliases of a type begin with.</summary>
    public static IEnumerable<string> Names(TypeBase body)
    {
        TypeBase[] places = [body, .. Below(body, Properties)];
        return places.SelectMany(Shapes).SelectMany(s => s.Properties.Keys).Distinct();
    }

    private static (ImmutableArray<AliasStep> Steps, bool IsSensitive)? Walk(
        TypeBase type, ImmutableArray<string> path, ImmutableArray<AliasStep> way, bool isSensitive)
    {
        bool isHidden = isSensitive || type is StringType { Sensitive: true } or ObjectType { Sensitive: true };
        if (path.IsEmpty)
        {
            return (way, isHidden);
        }

        if (type is ArrayType list)
        {
            return Walk(list.ItemType.Type, path, way.Add(AliasStep.Items), isHidden);
        }

        if (type is UnionType union)
        {
            return union.Elements.Select(e => Walk(e.Type, path, way, isHidden)).FirstOrDefault(f => f is not null);
        }

        (string name, int depth) = Split(path[0]);
        if (type is AnyType)
        {
            return Walk(type, path[1..], Stepped(way, name, depth), isHidden);
        }

        return Direct(type, path, way, isHidden, name, depth)
            ?? Hop(type, path, way, isHidden)
            ?? Variant(type, path, way, isHidden, name);
    }

    private static (ImmutableArray<AliasStep> Steps, bool IsSensitive)? Direct(
        TypeBase type, ImmutableArray<string> path, ImmutableArray<AliasStep> way, bool isHidden, string name,
        int depth) => Below(type, name).Select(b => Inside(b, depth)).OfType<TypeBase>()
        .Select(b => Walk(b, path[1..], Stepped(way, name, depth), isHidden)).FirstOrDefault(f => f is not null);

    /// <summary>The type of the items of a list, or of the values of an object that has any names.</summary>
    private static TypeBase? Inside(TypeBase type, int depth) => depth == 0
        ? type
        : type switch
        {
            ArrayType list => Inside(list.ItemType.Type, depth - 1),
            AnyType => type,
            ObjectType { AdditionalProperties: { } any } => Inside(any.Type, depth - 1),
            _ => null,
        };

    /// <summary>Past a <c>properties</c> that the alias leaves out.</summary>
    private static (ImmutableArray<AliasStep> Steps, bool IsSensitive)? Hop(
        TypeBase type, ImmutableArray<string> path, ImmutableArray<AliasStep> way, bool isHidden) =>
        way.IsEmpty || way.Length >= Longest
            ? null
            : Below(type, Properties).Select(b => Walk(b, path, way.Add(new(Properties)), isHidden))
                .FirstOrDefault(f => f is not null);

    /// <summary>Into a variant whose name the alias has as a part of its own.</summary>
    private static (ImmutableArray<AliasStep> Steps, bool IsSensitive)? Variant(
        TypeBase type, ImmutableArray<string> path, ImmutableArray<AliasStep> way, bool isHidden, string name) =>
        path.Length > 1 && VariantOf(type, name) is { } variant ? Walk(variant, path[1..], way, isHidden) : null;

    /// <summary>The variant of a name; aliases have hyphens where it has dots and slashes.</summary>
    private static TypeBase? VariantOf(TypeBase type, string name) => (type as DiscriminatedObjectType)?.Elements
        .FirstOrDefault(e => e.Key.Replace('.', '-').Replace('/', '-').Equals(name, StringComparison.OrdinalIgnoreCase))
        .Value?.Type;

    private static ImmutableArray<AliasStep> Stepped(ImmutableArray<AliasStep> way, string name, int depth) =>
        [.. way, new(name), .. Enumerable.Repeat(AliasStep.Items, depth)];

    /// <summary>The name of a part, and how many <c>[*]</c> follow it.</summary>
    private static (string Name, int Depth) Split(string part)
    {
        int bracket = part.IndexOf('[', StringComparison.Ordinal);
        return bracket < 0 ? (part, 0) : (part[..bracket], part.Count(c => c == '['));
    }

    /// <summary>What a type may have by a name: variants may have one name for different things.</summary>
    private static IEnumerable<TypeBase> Below(TypeBase type, string name)
    {
        TypeBase[] named =
        [
            .. Shapes(type).SelectMany(s => s.Properties)
                .Where(p => p.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
                .Select(p => p.Value.Type.Type).Distinct(),
        ];
        return named.Length > 0
            ? named
            : Shapes(type).Select(s => s.AdditionalProperties?.Type).OfType<TypeBase>().Take(1);
    }

    /// <summary>The objects that a type may be: itself, or what a choice shares and its variants.</summary>
    private static IEnumerable<ObjectType> Shapes(TypeBase type) => type switch
    {
        ObjectType shape => [shape],
        DiscriminatedObjectType choice =>
        [
            new(choice.Name, choice.BaseProperties, null, null),
            .. choice.Elements.Values.SelectMany(e => Shapes(e.Type)),
        ],
        _ => [],
    };
}
