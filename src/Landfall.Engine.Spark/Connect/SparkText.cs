using Landfall.Engine.Spark.Protocol;

namespace Landfall.Engine.Spark.Connect;

/// <summary>What Spark says, read.</summary>
internal static class SparkText
{
    private static readonly string[] LostExecutors =
    [
        "ExecutorLostFailure", "java.lang.OutOfMemoryError", "SparkOutOfMemoryError", "UNABLE_TO_ACQUIRE_MEMORY",
    ];

    /// <summary>The text without stack traces.</summary>
    public static string Plain(string text) => string.Join('\n', text.Split('\n').Where(l => !IsOfTrace(l))).Trim();

    /// <summary>Whether the errors, or the status' text, tell of an executor that is gone or full.</summary>
    public static bool SaysExecutorLost(
        IReadOnlyCollection<FetchErrorDetailsResponse.Types.Error> errors, string text) =>
        errors.SelectMany(e => e.ErrorTypeHierarchy.Append(e.Message)).Append(text).Any(
            t => LostExecutors.Any(l => t.Contains(l, StringComparison.Ordinal)));

    private static bool IsOfTrace(string line)
    {
        ReadOnlySpan<char> words = line.AsSpan().Trim();
        return (words.StartsWith("at ") && words.EndsWith(')') && char.IsWhiteSpace(line[0]))
            || words is "Driver stacktrace:" or "JVM stacktrace:"
            || (words.StartsWith("... ") && words.EndsWith(" more"));
    }
}
