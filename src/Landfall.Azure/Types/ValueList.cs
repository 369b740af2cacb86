using System.Collections.Immutable;
using Azure.Bicep.Types.Concrete;

namespace Landfall.Azure.Types;

/// <summary>The words that a type lists for a text.</summary>
public static class ValueList
{
    /// <summary>
    /// The words of a type that is a choice of words, open (any other text is of the type too) or not; empty where the
    /// type is something else.
    /// </summary>
    public static ImmutableArray<string> Of(TypeBase type) => type switch
    {
        StringLiteralType word => [word.Value],
        UnionType union when union.Elements.All(e => e.Type is StringLiteralType or StringType or NullType) =>
            [.. union.Elements.Select(e => e.Type).OfType<StringLiteralType>().Select(w => w.Value)],
        _ => [],
    };
}
