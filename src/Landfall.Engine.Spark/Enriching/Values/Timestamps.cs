using Landfall.Engine.Formats;

namespace Landfall.Engine.Spark.Enriching.Values;

/// <summary>How texts of timestamps are read.</summary>
/// <param name="zone">IANA zone of timestamps without offset; empty refuses them.</param>
internal sealed class Timestamps(string zone)
{
    private const string Region = "[A-Za-z_]+/[A-Za-z0-9_/+-]+";

    /// <summary>Hours up to 15: no clock of the world is further from UTC.</summary>
    private const string Offset =
        "[Zz]|[+-](?:0[0-9]|1[0-5])(?:[0-5][0-9]|:[0-5][0-9](?::[0-5][0-9])?)?| UTC| " + Region;

    /// <summary>Sign, year, separator, month, separator, day, hour, minute, second, fraction with its point, offset.
    /// </summary>
    private const string Parts = "^" + SparkSql.Space
        + @"*(-?)([0-9]{4,})([-/])([0-9]{1,2})([-/])([0-9]{1,2})(?:[Tt ]" + SparkSql.Space
        + @"*([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]*)?)?(?:(" + Offset + ")" + SparkSql.Space + "*| "
        + SparkSql.Space + @"*)?)?\z";

    private const string Plain = @"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?";
    private const string MicrosOfDay = "86400000000L";
    private const string First = "-62135596800000000L";
    private const string Last = "253402300799999999L";

    /// <summary>The outcome of a text for a column of instants.</summary>
    public string Outcomes(string text)
    {
        string plain = $"try_cast({text} as timestamp)";
        string pattern = Plain + (zone is "UTC" or "Etc/UTC" ? @"Z?\z" : @"Z\z");
        string replaced = $"regexp_replace({text}, {SparkSql.Text(Parts)}, '$1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11')";
        return $"case when regexp_like({text}, {SparkSql.Text(pattern)}) "
            + $"and {plain} >= timestamp'0001-01-01 00:00:00' then {Outcome.Value(plain)} "
            + $"when {SparkSql.Full(text, SparkSql.Space + "*" + Spellings.Infinity + SparkSql.Space + "*")} "
            + $"then {Broken(Rules.Range)} when regexp_like({text}, {SparkSql.Text(Parts)}) "
            + $"then {SparkSql.Let("d", $"split({replaced}, ',')", Parsed())} else {Broken(Rules.Type)} end";
    }

    /// <summary>The outcome of the parts <c>d</c> of a text.</summary>
    private string Parsed()
    {
        string year = "cast(try_cast(d[1] as int) as bigint)";
        string days = "case when d[2] = d[4] then "
            + $"{Calendar.Days($"if(d[0] = '-', -{year}, {year})", "d[3]", "d[5]")} end";
        const string Seconds =
            "cast(d[6] as bigint) * 3600 + cast(d[7] as bigint) * 60 + cast(concat('0', d[8]) as bigint)";
        const string Fraction = "cast(rpad(substr(d[9], 2, 6), 6, '0') as bigint)";
        string time = $"case when d[6] = '' then 0L when {Seconds} + if({Fraction} > 0, 1, 0) <= 86400 "
            + $"and d[7] < '60' and concat('0', d[8]) < '060' then ({Seconds}) * 1000000 + {Fraction} end";
        string local = SparkSql.Let("k", days, $"if(abs(k) <= 106751991, try_add(k * {MicrosOfDay}, {time}), null)");
        string numeric = "d[10] rlike '^[+-]'";
        string shift = SparkSql.Let(
            "o", "regexp_replace(substr(d[10], 2), ':', '')",
            $"(cast(substr(o, 1, 2) as bigint) * 3600 + cast(concat('0', substr(o, 3, 2)) as bigint) * 60 "
            + "+ cast(concat('0', substr(o, 5, 2)) as bigint)) * if(startswith(d[10], '-'), 1000000L, -1000000L)");
        return SparkSql.Let(
            "l", local,
            $"case when l is null or abs(l) = 9223372036854775807 or (d[10] = 'z' and d[9] = '.') "
            + $"then {Broken(Rules.Type)} "
            + $"when d[10] = '' then {Unmarked()} "
            + $"when d[10] in ('Z', 'z', ' UTC') then {Instant("l")} "
            + $"when {numeric} then {SparkSql.Let("i", $"try_add(l, {shift})", KnownOr("i", Instant("i")))} "
            + $"else {SparkSql.Let("z", Zones.Named("substr(d[10], 2)"), KnownOr("z", OfZone("z")))} end");
    }

    /// <summary>The outcome of the local time <c>l</c> without offset.</summary>
    private string Unmarked() => zone switch
    {
        "" => Broken(Rules.NoOffset),
        "UTC" or "Etc/UTC" => Instant("l"),
        _ => OfZone(SparkSql.Text(zone)),
    };

    /// <summary>
    /// The outcome of the local time <c>l</c> of a zone; far outside the years it is so in every zone.
    /// </summary>
    private static string OfZone(string of) =>
        $"if(l not between {First} - 2 * {MicrosOfDay} and {Last} + 2 * {MicrosOfDay}, {Broken(Rules.Range)}, "
        + SparkSql.Let(
            "i", Zones.Instant("l", of),
            $"case when i not between {First} and {Last} then {Broken(Rules.Range)} "
            + $"when {Zones.Local("i", of)} <> l then {Broken(Rules.Gap)} else {Instant("i")} end") + ")";

    /// <summary>The outcome of an instant, microseconds since 1970.</summary>
    private static string Instant(string micros) =>
        $"case when {micros} not between {First} and {Last} then {Broken(Rules.Range)} "
        + $"when length(trim(trailing '0' from d[9])) > 7 then {Outcome.Inexact("timestamp")} "
        + $"else {Outcome.Value($"timestamp_micros({micros})")} end";

    private static string KnownOr(string name, string outcome) =>
        $"if({name} is null, {Broken(Rules.Type)}, {outcome})";

    private static string Broken(string rule) => Outcome.Broken("timestamp", rule);
}
