using System.Collections.Immutable;

namespace Landfall.Engine.Spark.Enriching.Values;

/// <summary>
/// Local times of zones. A local time that occurs twice, when clocks go back, is the second: the one in standard time.
/// </summary>
internal static class Zones
{
    /// <summary>How far ahead the offset behind a change of clocks is looked for, in microseconds: 3 and 25 hours.
    /// </summary>
    private static readonly ImmutableArray<long> _ahead = [10_800_000_000, 90_000_000_000];

    /// <summary>Names in the spelling of the database of zones that words with a capital each do not give.</summary>
    private static readonly ImmutableArray<(string Lower, string Name)> _names =
    [
        .. """
            Africa/Dar_es_Salaam America/Port-au-Prince America/Port_of_Spain Antarctica/DumontDUrville
            Antarctica/McMurdo America/Argentina/ComodRivadavia America/Knox_IN Australia/ACT Australia/LHI
            Australia/NSW Brazil/DeNoronha Chile/EasterIsland Etc/GMT Etc/GMT0 Etc/UCT Etc/UTC Europe/Isle_of_Man
            Mexico/BajaNorte Mexico/BajaSur
            """.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(n => (n.ToLowerInvariant(), n)),
        ("us/pacific-new", "America/Los_Angeles"),
        ("canada/east-saskatchewan", "America/Regina"),
    ];

    /// <summary>An expression: the zone of a name, whose case does not count; null where Spark knows none.</summary>
    public static string Named(string name)
    {
        string lower = $"lower({name})";
        string words = $"array_join(transform(regexp_extract_all({lower}, '[a-z]+|[^a-z]+', 0), w -> "
            + "concat(upper(left(w, 1)), substr(w, 2))), '')";
        string prefixes = SparkSql.Let(
            "c", words,
            "case when startswith(c, 'Us/') then concat('US', substr(c, 3)) when startswith(c, 'Systemv/') "
            + "then concat('SystemV', upper(substr(c, 8))) when startswith(c, 'Etc/Gmt') "
            + "then concat('Etc/GMT', substr(c, 8)) else c end");
        string known = string.Join(
            " ", _names.Select(n => $"when {SparkSql.Text(n.Lower)} then {SparkSql.Text(n.Name)}"));
        string spelt = $"case {lower} {known} else {prefixes} end";
        string other = SparkSql.Let("s", spelt, $"if({IsKnown("s")}, s, null)");
        return $"case when {IsKnown(name)} then {name} else {other} end";
    }

    /// <summary>An expression: whether Spark knows a zone of exactly this name.</summary>
    public static string IsKnown(string zone) =>
        $"(try_cast(concat('2000-01-01 00:00:00 ', {zone}) as timestamp) is not null)";

    /// <summary>An expression: the instant of a local time; both are microseconds since 1970.</summary>
    /// <param name="local">An expression of type bigint, within the years 0 to 10000.</param>
    /// <param name="zone">An expression: a zone that Spark knows.</param>
    public static string Instant(string local, string zone)
    {
        string first = Utc(local, zone);
        IEnumerable<string> later = _ahead.Select(a => SparkSql.Let(
            "b", $"{Utc($"({local} + {SparkSql.Number(a)})", zone)} - {SparkSql.Number(a)}",
            $"if({Local("b", zone)} = {local}, b, null)"));
        return $"greatest({first}, {string.Join(", ", later)})";
    }

    /// <summary>An expression: the local time of an instant.</summary>
    public static string Local(string instant, string zone) =>
        $"unix_micros(from_utc_timestamp(timestamp_micros({instant}), {zone}))";

    private static string Utc(string local, string zone) =>
        $"unix_micros(to_utc_timestamp(timestamp_micros({local}), {zone}))";
}
