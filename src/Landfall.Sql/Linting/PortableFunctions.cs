using System.Collections.Frozen;

namespace Landfall.Sql.Linting;

/// <summary>
/// What is known about functions, by the name DuckDB's syntax tree gives them. Queries may call those that every engine
/// answers alike; the rest is refused, with the reason and what to write instead where we know it.
/// </summary>
internal static class PortableFunctions
{
    /// <summary>Operators that the tree has as functions.</summary>
    public static FrozenSet<string> Operators { get; } = Set("+ - * / % || ~~ !~~ ~~* !~~*");

    /// <summary>Functions over the rows of a group.</summary>
    public static FrozenSet<string> Aggregates { get; } = Set(
        """
        count count_star sum min max avg count_if bool_and bool_or median quantile_cont
        stddev stddev_samp stddev_pop variance var_samp var_pop covar_pop covar_samp
        """);

    /// <summary>Functions and aggregates that engines answer alike.</summary>
    public static FrozenSet<string> Allowed { get; } = Set(
        """
        abs ceil ceiling floor round mod power pow sqrt exp ln log10 log2 greatest least coalesce nullif ifnull
        degrees radians sin cos tan asin acos atan atan2 pi
        lower upper trim ltrim rtrim length char_length character_length substr substring replace split_part left right
        lpad rpad repeat concat_ws md5 translate contains instr position
        year month quarter day hour minute second dayofmonth dayofyear weekofyear date_trunc date_part date_add
        make_date last_day
        """).Concat(Aggregates).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Functions that only a window has.</summary>
    public static FrozenSet<string> Windows { get; } = Set(
        "row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value");

    /// <summary>Window functions whose answer is arbitrary without ORDER BY.</summary>
    public static FrozenSet<string> NeedsOrder { get; } = Set(
        "row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value");

    /// <summary>Functions whose result is a double whatever they are given.</summary>
    public static FrozenSet<string> Doubles { get; } = Set(
        """
        power pow sqrt exp ln log10 log2 degrees radians sin cos tan asin acos atan atan2 pi median
        stddev stddev_samp stddev_pop variance var_samp var_pop covar_pop covar_samp
        """);

    /// <summary>Parts that <c>extract</c> and <c>date_part</c> give alike.</summary>
    public static FrozenSet<string> DateParts { get; } = Set("year quarter month day hour minute");

    /// <summary>Functions that may answer differently each time, spelt as calls or as bare words.</summary>
    public static FrozenSet<string> NonDeterministic { get; } = Set(
        """
        now today current_timestamp current_date current_time localtime localtimestamp get_current_time
        get_current_timestamp transaction_timestamp random rand setseed uuid gen_random_uuid uuidv4 uuidv7 nextval
        currval any_value arbitrary first last first_last mode approx_count_distinct approx_quantile approx_top_k
        reservoir_quantile sum_no_overflow current_user current_schema current_database current_query txid_current
        current_setting getvariable monotonically_increasing_id fsum kahan_sum sumkahan favg list array_agg
        """);

    /// <summary>Calls that stand for INTERVAL.</summary>
    public static FrozenSet<string> Intervals { get; } = Set(
        """
        to_years to_months to_days to_hours to_minutes to_seconds to_milliseconds to_microseconds to_weeks to_quarters
        to_decades to_centuries to_millennia interval
        """);

    /// <summary>Functions of arrays, structs, maps and JSON values.</summary>
    public static FrozenSet<string> Nested { get; } = Set(
        """
        list_value list_pack array_value struct_pack row map map_from_entries unnest unlist struct_extract element_at
        list_transform list_filter list_reduce list_aggregate list_sort list_contains list_distinct list_extract
        array_extract array_length array_contains flatten range generate_series explode struct_insert map_keys
        map_values cardinality len histogram
        """);

    /// <summary>Functions that engines understand differently, with what to write instead.</summary>
    public static FrozenDictionary<string, string> Differing { get; } = new Dictionary<string, string>
    {
        ["concat"] = "DuckDB skips nulls, Spark answers null: write a || b, with coalesce where nulls count as empty.",
        ["split"] = "Write split_part(text, separator, n).",
        ["string_split"] = "Write split_part(text, separator, n).",
        ["str_split"] = "Write split_part(text, separator, n).",
        ["regexp_matches"] = "Write @re_like(text, 'pattern').",
        ["regexp_full_match"] = "Write @re_like(text, '^…$').",
        ["regexp_like"] = "Write @re_like(text, 'pattern').",
        ["regexp_replace"] = "Write @re_replace(text, 'pattern', 'replacement').",
        ["regexp_extract"] = "Write @re_extract(text, 'pattern', group).",
        ["regexp_extract_all"] = "Write @re_extract(text, 'pattern', group).",
        ["strftime"] = "Write @format_date(date, 'yyyy-MM-dd').",
        ["date_format"] = "Write @format_date(date, 'yyyy-MM-dd').",
        ["strptime"] = "Let the integration parse it, or write @parse_date(text) or @parse_timestamp(text).",
        ["to_date"] = "Write @parse_date(text).",
        ["to_timestamp"] = "Let the integration parse it, or write @parse_timestamp(text).",
        ["dayofweek"] = "Days count from 0 or 1: write @iso_dow(date), Monday = 1.",
        ["weekday"] = "Days count from 0 or 1: write @iso_dow(date), Monday = 1.",
        ["isodow"] = "Write @iso_dow(date).",
        ["datediff"] = "Write @date_diff_days(first, last).",
        ["date_diff"] = "Write @date_diff_days(first, last).",
        ["datesub"] = "Write @date_diff_days(first, last).",
        ["date_sub"] = "Write @date_diff_days(first, last), or date_add(date, -n).",
        ["months_between"] = "Compare @month(…) of both dates.",
        ["add_months"] = "Write @add_months(date, n).",
        ["timezone"] = "Write @to_zone(time, 'zone').",
        ["from_utc_timestamp"] = "Write @to_zone(time, 'zone').",
        ["string_agg"] = "Write @string_agg(text, 'separator', order).",
        ["listagg"] = "Write @string_agg(text, 'separator', order).",
        ["group_concat"] = "Write @string_agg(text, 'separator', order).",
        ["sha256"] = "Write @sha256(text).",
        ["sha2"] = "Write @sha256(text).",
        ["hash"] = "Engines hash differently: write md5(text) or @sha256(text).",
        ["json_extract_string"] = "Write @json_str(text, '$.path').",
        ["json_extract"] = "Write @json_str(text, '$.path').",
        ["get_json_object"] = "Write @json_str(text, '$.path').",
        ["->>"] = "Write @json_str(text, '$.path').",
        ["reverse"] = "DuckDB turns whole characters round, Spark code points: right(text, n) gives the end of a text.",
        ["corr"] = "Where a value does not vary, it is an error in Spark: write covar_pop(x, y) / "
            + "nullif(stddev_pop(x) * stddev_pop(y), 0).",
        ["encode"] = "Write @utf8(text).",
        ["log"] = "It is base 10 in DuckDB and e in Spark: write log10(x) or ln(x).",
        ["max_by"] = "DuckDB skips null values, Spark does not: write @max_by(value, key).",
        ["min_by"] = "DuckDB skips null values, Spark does not: write @min_by(value, key).",
        ["arg_max"] = "Write @max_by(value, key).",
        ["arg_min"] = "Write @min_by(value, key).",
        ["divide"] = "Write @int_div(a, b).",
        ["week"] = "Write weekofyear(date).",
        ["date"] = "Write cast(x as date).",
        ["epoch"] = "It is not in the portable subset; subtract days with @date_diff_days(first, last).",
        ["sign"] = "Its type differs: write case when x > 0 then 1 when x < 0 then -1 else 0 end.",
        ["starts_with"] = "Write left(text, n) = 'prefix' or text like 'prefix%'.",
        ["~~~"] = "Write like in place of glob.",
        ["^"] = "It is XOR in Spark: write power(a, b).",
        ["**"] = "Write power(a, b).",
        ["format"] = "Write || and casts.",
        ["printf"] = "Write || and casts.",
        ["nvl"] = "Write coalesce(a, b).",
        ["isnan"] = "Write x = cast('NaN' as double).",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every name a query may call, for did-you-mean.</summary>
    public static IEnumerable<string> Known => Allowed.Concat(Windows);

    /// <summary>Names between blanks and line ends.</summary>
    public static string[] Words(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static FrozenSet<string> Set(string words) => Words(words).ToFrozenSet(StringComparer.Ordinal);
}
