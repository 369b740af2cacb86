using Landfall.Engine.Formats;

namespace Landfall.Engine.Spark.Enriching.Values;

/// <summary>How texts of days are read.</summary>
internal static class Dates
{
    /// <summary>
    /// A day, which may have the time and offset of a timestamp: whether it says more is asked later.
    /// </summary>
    private const string Fits =
        SparkSql.Space + "*" + Spellings.Day + @"(?:[Tt ][^\n]*)?" + SparkSql.Space + "*";

    /// <summary>A day without a time but midnight, and without an offset but that of UTC.</summary>
    private const string Midnight = SparkSql.Space + @"*[^\t\n\f\r Tt]*(?:[Tt ]" + SparkSql.Space
        + @"*0{1,2}:00(?::00(?:\.0*)?)?" + SparkSql.Space + "*(?:[Zz]|UTC|[+-]00(?::?00)?)?)?" + SparkSql.Space + "*";

    /// <summary>Sign, year, separator, month, separator, day; what says that the year is before the first.</summary>
    private const string Parts = "^" + SparkSql.Space + @"*+(-?+)([0-9]++)([-/])([0-9]++)([-/])([0-9]++)"
        + @"([\t\n\x0b\f\r ]\((?i:bc)\))?+[\s\S]*\z";

    /// <summary>The last day that DuckDB has, 5881580-07-10, and its negative the first.</summary>
    private const string Most = "2147483646";

    /// <summary>The outcome of a text for a column of days.</summary>
    public static string Outcomes(string text)
    {
        string parts = $"split(regexp_replace({text}, {SparkSql.Text(Parts)}, '$1,$2,$3,$4,$5,$6,$7'), ',')";
        string year = "cast(try_cast(d[1] as int) as bigint)";
        string counted = $"if(d[6] <> '', 1 - {year}, if(d[0] = '-', -{year}, {year}))";
        string days = "case when d[2] <> d[4] or (d[6] <> '' and (d[0] = '-' or d[1] rlike '^0*$')) then null "
            + $"else {Calendar.Days(counted, "d[3]", "d[5]")} end";
        string outcome = SparkSql.Let(
            "k", days,
            $"case when k is null or abs(k) > {Most} then {Outcome.None("date", text)} "
            + $"when k not between {Calendar.First} and {Calendar.Last} then {Outcome.Broken("date", Rules.Range)} "
            + $"when not {SparkSql.Full(text, Midnight)} then {Outcome.Inexact("date")} "
            + $"else {Outcome.Value("date_from_unix_date(cast(k as int))")} end");
        string plain = $"try_cast({text} as date)";
        return $"case when regexp_like({text}, {SparkSql.Text(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}\z")}) "
            + $"and {plain} >= date'0001-01-01' then {Outcome.Value(plain)} "
            + $"when {SparkSql.Full(text, SparkSql.Space + "*" + Spellings.Infinity + SparkSql.Space + "*")} "
            + $"then {Outcome.Broken("date", Rules.Range)} "
            + $"when {SparkSql.Full(text, Fits)} then {SparkSql.Let("d", parts, outcome)} "
            + $"else {Outcome.None("date", text)} end";
    }
}
