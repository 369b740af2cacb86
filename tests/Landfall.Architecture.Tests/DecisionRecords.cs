using System.Globalization;

namespace Landfall.Architecture.Tests;

/// <summary>How a decision record begins: its number, an empty line, its status, its date, an empty line.</summary>
internal static class DecisionRecords
{
    public const string Folder = "docs/adr/";

    /// <summary>What is wrong with the beginning of a record; null for nothing.</summary>
    public static string? Problem(SourceFile record)
    {
        string number = Path.GetFileName(record.Path).Split('-')[0];
        string[] lines = record.Lines;
        return lines.Length < 5 ? Wrong("is too short")
            : !lines[0].StartsWith($"# {number}", StringComparison.Ordinal) ? Wrong($"does not begin with '# {number}'")
            : lines[1].Length > 0 || lines[4].Length > 0 ? Wrong("needs empty lines about its status and date")
            : lines[2] != "Status: accepted" && !IsReplaced(lines[2]) ? Wrong("needs the line 'Status: accepted'")
            : !IsDate(lines[3]) ? Wrong("needs the line 'Date: YYYY-MM-DD'")
            : null;

        string Wrong(string what) => $"{record.Path} {what}";
    }

    /// <summary>A record is never deleted: a later one takes its place.</summary>
    private static bool IsReplaced(string line) =>
        line.StartsWith("Status: replaced by ", StringComparison.Ordinal) && line[^4..].All(char.IsAsciiDigit);

    private static bool IsDate(string line) => line.StartsWith("Date: ", StringComparison.Ordinal)
        && DateOnly.TryParseExact(
            line["Date: ".Length..], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
