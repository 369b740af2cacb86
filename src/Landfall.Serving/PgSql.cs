using System.Globalization;

namespace Landfall.Serving;

/// <summary>Names and texts as PostgreSQL's SQL has them.</summary>
internal static class PgSql
{
    /// <summary>A name in quotes: nothing in it is read as SQL, and its case stays.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Names in quotes, with commas.</summary>
    public static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(Name));

    /// <summary>A table of a schema.</summary>
    public static string Name(string schema, string table) => $"{Name(schema)}.{Name(table)}";

    /// <summary>A text; a backslash in it is one whatever the session's settings.</summary>
    public static string Text(string text)
    {
        string doubled = text.Replace("'", "''", StringComparison.Ordinal);
        return doubled.Contains('\\', StringComparison.Ordinal)
            ? $"E'{doubled.Replace("\\", "\\\\", StringComparison.Ordinal)}'"
            : $"'{doubled}'";
    }

    /// <summary>A text, or null for none.</summary>
    public static string TextOrNull(string? text) => string.IsNullOrEmpty(text) ? "null" : Text(text);

    /// <summary>A number.</summary>
    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
