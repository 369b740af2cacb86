using System.Collections.Immutable;
using System.Text.Json;

namespace Landfall.Delta.Log;

/// <summary>Values of fields; the reader stands on the field's name and ends on the value's last token.</summary>
internal static class JsonFields
{
    public static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }

    public static long? Long(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : reader.GetInt64();
    }

    public static bool? Flag(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : reader.GetBoolean();
    }

    public static ImmutableArray<string> Texts(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return [];
        }

        Require(reader.TokenType == JsonTokenType.StartArray);
        var texts = ImmutableArray.CreateBuilder<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            texts.Add(reader.GetString() ?? throw new JsonException("null in a list of names"));
        }

        return texts.ToImmutable();
    }

    public static ImmutableSortedDictionary<string, string?>? Map(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Require(reader.TokenType == JsonTokenType.StartObject);
        ImmutableSortedDictionary<string, string?>.Builder? entries = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            entries ??= AddFile.NoPartition.ToBuilder();
            entries[key] = reader.GetString();
        }

        return entries is null ? AddFile.NoPartition : entries.ToImmutable();
    }

    /// <summary>A whole number; null for anything else.</summary>
    public static long? LongIfAny(ref Utf8JsonReader reader)
    {
        reader.Read();
        long? value = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number) ? number : null;
        reader.Skip();
        return value;
    }

    /// <summary>A text; null for anything else.</summary>
    public static string? TextIfAny(ref Utf8JsonReader reader)
    {
        reader.Read();
        string? value = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        reader.Skip();
        return value;
    }

    /// <summary>Whether the value is <c>true</c> and nothing else.</summary>
    public static bool IsTrue(ref Utf8JsonReader reader)
    {
        reader.Read();
        bool value = reader.TokenType == JsonTokenType.True;
        reader.Skip();
        return value;
    }

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new JsonException("a field has a value of another type");
        }
    }
}
