using System.Globalization;

namespace Landfall.Delta.Maintenance;

/// <summary>How long a table keeps what it no longer needs, as its properties say.</summary>
public static class TableRetention
{
    /// <summary>How long removed files stay unless the table says otherwise.</summary>
    public static readonly TimeSpan DefaultDeletedFiles = TimeSpan.FromDays(7);

    /// <summary>How long log entries stay unless the table says otherwise.</summary>
    public static readonly TimeSpan DefaultLog = TimeSpan.FromDays(30);

    /// <summary>
    /// How long removed files stay: <c>delta.deletedFileRetentionDuration</c>, a week by default; null where the
    /// property says something that is no duration.
    /// </summary>
    public static TimeSpan? DeletedFiles(TableMetadata metadata) =>
        Of(metadata, "delta.deletedFileRetentionDuration", DefaultDeletedFiles);

    /// <summary>
    /// How long log entries stay: <c>delta.logRetentionDuration</c>, 30 days by default; null where the property says
    /// something that is no duration.
    /// </summary>
    public static TimeSpan? Log(TableMetadata metadata) => Of(metadata, "delta.logRetentionDuration", DefaultLog);

    /// <summary>Whether old log entries go at all: <c>delta.enableExpiredLogCleanup</c>, true by default.</summary>
    public static bool CleansLog(TableMetadata metadata) => !string.Equals(
        metadata.Configuration.GetValueOrDefault("delta.enableExpiredLogCleanup"), "false",
        StringComparison.OrdinalIgnoreCase);

    private static TimeSpan? Of(TableMetadata metadata, string property, TimeSpan byDefault) =>
        metadata.Configuration.TryGetValue(property, out string? text) ? Parse(text) : byDefault;

    /// <summary>
    /// An interval of fixed length, for example <c>interval 1 week 2 days</c>; months and years have none.
    /// </summary>
    internal static TimeSpan? Parse(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words is [{ } first, ..] && first.Equals("interval", StringComparison.OrdinalIgnoreCase))
        {
            words = words[1..];
        }

        if (words.Length == 0 || words.Length % 2 != 0)
        {
            return null;
        }

        double seconds = 0;
        foreach (string[] pair in words.Chunk(2))
        {
            if (!int.TryParse(pair[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                || SecondsOf(pair[1]) is not { } unit)
            {
                return null;
            }

            seconds += number * unit;
        }

        // Longer than any calendar reaches back is as long as for ever.
        return TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(365_000).TotalSeconds));
    }

    private static double? SecondsOf(string unit) => unit.ToUpperInvariant().TrimEnd('S') switch
    {
        "WEEK" => 7 * 86400,
        "DAY" => 86400,
        "HOUR" => 3600,
        "MINUTE" => 60,
        "SECOND" => 1,
        "MILLISECOND" => 1e-3,
        "MICROSECOND" => 1e-6,
        _ => null,
    };
}
