using System.Globalization;
using System.Text.RegularExpressions;

namespace Landfall.Testing.Fuzzing;

/// <summary>
/// Holds what became of files against what a plain reader sees in them: each record is a row with its values, or in the
/// quarantine by its number, and nothing else is there.
/// </summary>
/// <param name="landed">Rows as <c>source, id, note, n</c>.</param>
/// <param name="quarantine">Quarantined records as <c>source, number</c>.</param>
/// <param name="leftOut">Names of the files that were left out.</param>
public sealed partial class FileJudge(
    IEnumerable<string> landed, IEnumerable<string> quarantine, IEnumerable<string> leftOut)
{
    private readonly ILookup<string, string> _rows = landed.ToLookup(r => r.Split(", ")[0]);
    private readonly ILookup<string, string> _quarantine = quarantine.ToLookup(r => r.Split(", ")[0]);
    private readonly HashSet<string> _leftOut = [.. leftOut];

    private enum Fate
    {
        Good,
        Bad,
        Either,
    }

    /// <summary>What is wrong with what became of a file; null where nothing is.</summary>
    public string? ProblemOf(FuzzFile file)
    {
        bool isOut = _leftOut.Contains(file.Name);
        if (isOut)
        {
            return _rows[file.Name].Any() ? "it was left out, and rows of it are there"
                : !file.IsCompressed && file.Expected() is not null ? "it was left out, and can be read" : null;
        }

        if (file.Expected() is { } records)
        {
            return Compare(file.Name, records, wholly: true);
        }

        return file.Format == "json" && !file.IsCompressed
            ? Compare(file.Name, file.Untouched(), wholly: false)
            : "it cannot be read, and was not left out";
    }

    private string? Compare(string name, IEnumerable<SourceRow> records, bool wholly)
    {
        List<string> rows = [.. _rows[name]];
        List<string> numbers = [.. _quarantine[name]];
        foreach (SourceRow record in records.OrderBy(r => Judge(r).Fate))
        {
            (Fate fate, string text) = Judge(record);
            bool found = fate == Fate.Either
                ? rows.FindIndex(r => r.StartsWith($"{name}, {text}", StringComparison.Ordinal)) is var at and >= 0
                    && RemoveAt(rows, at)
                : fate == Fate.Good && rows.Remove($"{name}, {text}");
            found |= !found && fate != Fate.Good
                && numbers.Remove(string.Create(CultureInfo.InvariantCulture, $"{name}, {record.Number}"));
            if (!found)
            {
                return $"record {record.Number} ({fate}: {text}) is not there";
            }
        }

        return wholly && rows.Count + numbers.Count > 0
            ? $"too much: {string.Join("; ", rows.Concat(numbers))}" : null;
    }

    private static bool RemoveAt(List<string> list, int at)
    {
        list.RemoveAt(at);
        return true;
    }

    private static (Fate Fate, string Text) Judge(SourceRow record)
    {
        if (record.Values is not { } values)
        {
            return (Fate.Bad, "unreadable");
        }

        string text = $"{Shown(values.GetValueOrDefault("id"))}, {Shown(values.GetValueOrDefault("note"))}, ";
        return values.GetValueOrDefault("n") is not { } number ? (Fate.Good, text + "NULL")
            : Plain().IsMatch(number) && int.TryParse(number, CultureInfo.InvariantCulture, out int n)
                ? (Fate.Good, string.Create(CultureInfo.InvariantCulture, $"{text}{n}"))
            : Perhaps().IsMatch(number) ? (Fate.Either, text) : (Fate.Bad, text + number);
    }

    private static string Shown(string? value) => value?.Replace("\n", "\\n", StringComparison.Ordinal) ?? "NULL";

    [GeneratedRegex(@"^-?[0-9]{1,9}\z")]
    private static partial Regex Plain();

    /// <summary>Spellings of numbers that are read as such, or are not, by finer rules than are judged here.</summary>
    [GeneratedRegex(@"^\s*[+-]?[0-9.][0-9.eE+\-]*\s*\z")]
    private static partial Regex Perhaps();
}
