using System.Collections.Immutable;

namespace Landfall.Azure.Policies.Aliases;

/// <summary>A field that is no alias: a property that every resource has.</summary>
internal static class FieldName
{
    private static readonly string[] Plain = ["name", "fullName", "kind", "type", "location", "id", "identity", "tags"];

    /// <summary>The fields, for a hint.</summary>
    public static IEnumerable<string> Known => [.. Plain, "identity.type"];

    /// <summary>Whether a field is an alias rather than a property of every resource.</summary>
    public static bool IsAlias(string field) =>
        field.Contains('/') && !field.StartsWith("tags", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The way to a field, for example <c>identity</c>, <c>type</c> for <c>identity.type</c>, or <c>tags</c>,
    /// <c>a.b</c> for <c>tags['a.b']</c>; null where there is no such field.
    /// </summary>
    public static ImmutableArray<string>? Parse(string field)
    {
        if (Plain.Contains(field, StringComparer.OrdinalIgnoreCase))
        {
            return [field];
        }

        if (field.StartsWith("identity.", StringComparison.OrdinalIgnoreCase))
        {
            return [.. field.Split('.')];
        }

        if (field.StartsWith("tags.", StringComparison.OrdinalIgnoreCase) && field.Length > 5)
        {
            return ["tags", field[5..]];
        }

        return field.StartsWith("tags[", StringComparison.OrdinalIgnoreCase) && field.EndsWith(']') && field.Length > 6
            ? ["tags", TagOf(field[5..^1])]
            : null;
    }

    /// <summary>A tag's name in brackets: bare, in quotes, or in three quotes where it has quotes itself.</summary>
    private static string TagOf(string text) =>
        text.Length >= 6 && text.StartsWith("'''", StringComparison.Ordinal)
        && text.EndsWith("'''", StringComparison.Ordinal)
            ? $"'{text[3..^3].Replace("''", "'", StringComparison.Ordinal)}'"
            : text.Length >= 2 && text[0] == '\'' && text[^1] == '\''
                ? text[1..^1].Replace("''", "'", StringComparison.Ordinal)
                : text;
}
