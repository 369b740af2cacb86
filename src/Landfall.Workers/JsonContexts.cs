using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Landfall.Workers;

/// <summary>What generated serializers know of types, asked by type.</summary>
public static class JsonContexts
{
    /// <summary>What a context knows of a type.</summary>
    /// <exception cref="InvalidOperationException">The context does not have the type.</exception>
    public static JsonTypeInfo<T> Of<T>(this JsonSerializerContext context) =>
        (JsonTypeInfo<T>?)context.GetTypeInfo(typeof(T))
        ?? throw new InvalidOperationException($"{context.GetType().Name} does not have {typeof(T).Name}.");
}
