using System.Text.RegularExpressions;
using Landfall.Engine.Spark.Protocol;

namespace Landfall.Engine.Spark.Connect;

/// <summary>What Spark says, read.</summary>
internal static partial class SparkText
{
    private const int Longest = 2000;

    private static readonly string[] LostExecutors =
    [
        "ExecutorLostFailure", "java.lang.OutOfMemoryError", "SparkOutOfMemoryError", "UNABLE_TO_ACQUIRE_MEMORY",
    ];

    /// <summary>
    /// What went wrong: the text to its SQLSTATE and the place in the same line, without stack traces, plans and the
    /// statement, which Spark likes to add; at most 2,000 characters.
    /// </summary>
    public static string Plain(string text)
    {
        string told = ToState().Match(text) is { Success: true } m ? m.Value.TrimEnd(';')
            : string.Join('\n', text.Split('\n').Where(l => !IsOfTrace(l)));
        return told.Length > Longest ? told[..Longest] + "…" : told.Trim();
    }

    /// <summary>
    /// The place that the text of a syntax error names by line and column, which Spark tells in no other way.
    /// </summary>
    /// <param name="text">What Spark says.</param>
    /// <param name="sql">The statement; empty where there is none.</param>
    public static SparkErrorContext? Place(string text, string sql)
    {
        if (LineAndColumn().Match(text) is not { Success: true } m)
        {
            return null;
        }

        string[] lines = sql.Split('\n');
        (int line, int column) = (int.Parse(m.Groups[1].Value), int.Parse(m.Groups[2].Value));
        if (line > lines.Length || column >= lines[line - 1].Length)
        {
            return null;
        }

        int start = lines.Take(line - 1).Sum(l => l.Length + 1) + column;
        return new(start, start, sql[start..(start + 1)]);
    }

    /// <summary>Whether the errors, or the status' text, tell of an executor that is gone or full.</summary>
    public static bool SaysExecutorLost(
        IReadOnlyCollection<FetchErrorDetailsResponse.Types.Error> errors, string text) =>
        errors.SelectMany(e => e.ErrorTypeHierarchy.Append(e.Message)).Append(text).Any(
            t => LostExecutors.Any(l => t.Contains(l, StringComparison.Ordinal)));

    private static bool IsOfTrace(string line)
    {
        ReadOnlySpan<char> words = line.AsSpan().Trim();
        return (words.StartsWith("at ") && words.EndsWith(")") && char.IsWhiteSpace(line[0]))
            || words is "Driver stacktrace:" or "JVM stacktrace:"
            || (words.StartsWith("... ") && words.EndsWith(" more"));
    }

    [GeneratedRegex(@"\A.*? SQLSTATE: \w{5}.*?$", RegexOptions.Singleline | RegexOptions.Multiline, 1000)]
    private static partial Regex ToState();

    [GeneratedRegex(@"SQLSTATE: \w{5} \(line ([0-9]{1,6}), pos ([0-9]{1,6})\)", RegexOptions.None, 1000)]
    private static partial Regex LineAndColumn();
}
