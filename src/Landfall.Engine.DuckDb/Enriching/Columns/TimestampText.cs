using Landfall.Engine.Formats;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>How texts of timestamps are read, as expressions of SQL.</summary>
/// <remarks>
/// Spellings are those of RFC 3339 and ISO 8601 with a colon, and a few that databases write;
/// <c>docs/reading-files.md</c> lists them. A local time that occurs twice, when clocks go back, is the second: the one
/// in standard time. One that never was, when they go forward, has no value.
/// </remarks>
/// <param name="zone">IANA zone of timestamps without offset; empty refuses them.</param>
internal sealed class TimestampText(string zone)
{
    private const string Region = @"[A-Za-z_]+/[A-Za-z0-9_/+-]+";

    /// <summary>Hours up to 15: no clock of the world is further from UTC.</summary>
    public const string Offset = @"(Z|UTC|[+-](0\d|1[0-5])(:?[0-5]\d(:?[0-5]\d)?)?|" + Region + ")";

    private const string Accepted = @"\s*(" + Spellings.Day + @"([T ]\s*\d{1,2}:\d{2}:\d{2}(\.\d*)?(\s*"
        + Offset + @")?)?|" + Spellings.Infinity + @")\s*";

    private const string Infinite = @"\s*" + Spellings.Infinity + @"\s*";

    private const string Ending = @":.*?" + Offset + @"\s*$";

    /// <summary>An expression: the instant of a text, or null where it has none.</summary>
    /// <param name="text">An expression of type VARCHAR.</param>
    public string Value(string text)
    {
        string usual = Usual(text);
        string local = zone.Length == 0
            ? $"case when {Spellings.Full(usual, Infinite)} then try_cast({usual} as TIMESTAMPTZ) end"
            : $"timezone({SqlText.Literal(zone)}, try_cast({usual} as TIMESTAMP))";

        // Casts of a zone's time throw where the instant is outside the years that the engine has.
        return $"try(case when {IsAccepted(usual)} then case when {HasOffset(usual)} "
            + $"then try_cast({usual} as TIMESTAMPTZ) else {local} end end)";
    }

    /// <summary>An expression: the rule that a text without value breaks.</summary>
    public string Missing(string text) => zone.Length > 0
        ? $"'{Rules.Type}'"
        : $"case when {IsAccepted(Usual(text))} and not {HasOffset(Usual(text))} "
          + $"and try_cast({Usual(text)} as TIMESTAMP) is not null then '{Rules.NoOffset}' else '{Rules.Type}' end";

    /// <summary>An expression: whether clocks of a text's zone went past its local time.</summary>
    /// <param name="text">An expression of type VARCHAR.</param>
    /// <param name="value">The expression of <see cref="Value"/>, or a column that holds it.</param>
    public string IsInGap(string text, string value)
    {
        string usual = Usual(text);
        string region = $"regexp_extract({usual}, {SqlText.Literal("(" + Region + @")\s*$")}, 1)";
        string wall = $"try_cast(regexp_replace({usual}, {SqlText.Literal(Region + @"\s*$")}, '') as TIMESTAMP)";
        string own = $"({region} <> '' and try(timezone({region}, {value})) <> {wall})";
        return zone.Length == 0
            ? own
            : $"({own} or (not {HasOffset(usual)} "
              + $"and timezone({SqlText.Literal(zone)}, {value}) <> try_cast({usual} as TIMESTAMP)))";
    }

    /// <summary>An expression: whether a text has no more than microseconds.</summary>
    public static string IsExact(string text) =>
        $"length(rtrim(regexp_extract({text}, '[.](\\d*)', 1), '0')) <= 6";

    private static string IsAccepted(string usual) => Spellings.Full(usual, Accepted);

    private static string HasOffset(string usual) => $"regexp_matches({usual}, {SqlText.Literal(Ending)})";

    /// <summary>
    /// Lower-case t and z as capitals, and seconds where only minutes are given: RFC 3339 and ISO 8601.
    /// </summary>
    private static string Usual(string text)
    {
        string capital = $"regexp_replace({text}, '(\\d)t', '\\1T')";
        capital = $"regexp_replace({capital}, '(\\d\\s*)z(\\s*)$', '\\1Z\\2')";
        string minutes = @"^(\s*" + Spellings.Day + @"[T ]\s*\d{1,2}:\d{2})(\s*" + Offset + @"?\s*)$";
        return $"regexp_replace({capital}, {SqlText.Literal(minutes)}, '\\1:00\\2')";
    }
}
