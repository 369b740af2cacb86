using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Landfall.Engine.Engines;

namespace Landfall.Engine.Spark.Enriching.Texts;

/// <summary>
/// The names of the fields of a JSON object in their order. Sources repeat it, so that nearly all of their records are
/// read by one pattern; those that are not, or have escapes or nested values, are read by <see cref="JsonMembers"/>.
/// </summary>
/// <param name="Names">The names; none is there twice, or needs an escape.</param>
internal sealed record JsonShape(ImmutableArray<string> Names)
{
    private const int MostNames = 400;
    private const string Plain = """
        "[^"\\\x00-\x1f]*+
        """;

    /// <summary>The shape of a record; null where it has none that a pattern could be made of.</summary>
    public static JsonShape? Of(ReadOnlySpan<byte> record)
    {
        HashSet<string> names = [];
        List<string> order = [];
        try
        {
            Utf8JsonReader reader = new(record);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                if (reader.ValueIsEscaped || !names.Add(name) || names.Count > MostNames)
                {
                    return null;
                }

                order.Add(name);
                reader.Skip();
            }

            return order.Count == 0 ? null : new JsonShape([.. order]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A pattern of whole records of the shape, with two groups for each of its columns.</summary>
    /// <param name="columns">The contract's columns.</param>
    public string Pattern(ImmutableArray<EnrichColumn> columns)
    {
        const string Other = JsonMembers.Number + "|true|false|null";
        HashSet<string> known = [.. columns.Select(c => c.SourceName)];
        IEnumerable<string> members = Names.Select(n =>
            $"\"{Quoted(n)}\"{JsonMembers.Space}:{JsonMembers.Space}"
            + (known.Contains(n) ? $"(?:({Plain})\"|({Other}))" : $"(?:{Plain}\"|{Other})"));
        return $@"^{JsonMembers.Space}\{{{JsonMembers.Space}"
            + string.Join($"{JsonMembers.Space},{JsonMembers.Space}", members)
            + $@"{JsonMembers.Space}\}}{JsonMembers.Space}\z";
    }

    /// <summary>The names of columns in order, as the groups of the pattern have them.</summary>
    public ImmutableArray<string> Found(ImmutableArray<EnrichColumn> columns)
    {
        HashSet<string> known = [.. columns.Select(c => c.SourceName)];
        return [.. Names.Where(known.Contains)];
    }

    private static string Quoted(string name)
    {
        StringBuilder quoted = new();
        foreach (Rune rune in name.EnumerateRunes())
        {
            _ = Rune.IsLetterOrDigit(rune) && rune.IsAscii
                ? quoted.Append((char)rune.Value)
                : quoted.Append(CultureInfo.InvariantCulture, $@"\x{{{rune.Value:x}}}");
        }

        return quoted.ToString();
    }
}
