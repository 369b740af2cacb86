using System.Collections.Frozen;
using static Landfall.Sql.Macros.MacroParameterKind;

namespace Landfall.Sql.Macros;

/// <summary>
/// The macros: the handful of things a query needs that engines spell or answer differently. <c>docs/sql.md</c> says
/// what each means. Templates may use an argument more than once: SQL expressions have no side effects.
/// </summary>
internal static class MacroCatalogue
{
    // Round half away from zero by whole numbers alone: (2·|a|·10^s + |b|) div (2·|b|), then the sign. DuckDB divides
    // decimals as doubles, so operands become whole numbers of 10^-6 there; Spark's div is exact on decimals. An
    // operand that six decimals do not hold would be rounded silently: the CASE makes it an error.
    private const string DivDecGuard =
        "case when cast({a} as decimal(38,6)) <> {a} or cast({b} as decimal(38,6)) <> {b}"
        + " then {fail}('@div_dec takes operands of at most 6 decimals.')"
        + " when ({a} < 0) <> ({b} < 0) then -1 else 1 end";

    private const string DivDecDuckDb =
        "cast(cast(" + DivDecGuard
        + " * ((2 * abs({a:micros}) * {s:ten} + abs({b:micros})) // nullif(2 * abs({b:micros}), 0))"
        + " as decimal(38,0)) * {s:unit} as decimal({p},{s}))";

    // Spark's div goes on from the smallest number after 2^63, which no quotient of 18 digits comes near.
    private const string DivDecSpark =
        "cast(cast(" + DivDecSparkGuard
        + " * ((2 * abs({a:micros}) * {s:ten} + abs({b:micros})) div nullif(2 * abs({b:micros}), 0))"
        + " as decimal(20,0)) * {s:unit} as decimal({p},{s}))";

    private const string DivDecSparkGuard =
        "case when {b} <> 0 and abs(cast({a} as double)) * {s:ten} > abs(cast({b} as double)) * 5E18D"
        + " then raise_error('A quotient of @div_dec is out of range.') else " + DivDecGuard + " end";

    // Fractions and exponents are written differently, objects and arrays too where they hold some.
    private const string JsonStrDuckDb =
        "case when json_valid({x}) then case"
        + " when json_type({x}, {path}) in ('VARCHAR', 'BOOLEAN') then json_extract_string({x}, {path})"
        + " when json_type({x}, {path}) in ('BIGINT', 'UBIGINT') and json_extract_string({x}, {path}) {matches:json}"
        + " then json_extract_string({x}, {path}) end end";

    // A number reads as a double, a text does not; one that begins with a quotation mark is infinite. Objects and
    // arrays begin with a brace or bracket, as texts may.
    private const string JsonStrSpark =
        "case when get_json_object({x}, {path}) rlike '^[-0-9\"]'"
        + " and from_json({x}, {path:schema:double}){path:field} is not null"
        + " then case when get_json_object({x}, {path}) {matches:json} then get_json_object({x}, {path}) end"
        + " when left(get_json_object({x}, {path}), 1) = char(123)"
        + " and from_json({x}, {path:schema:map<string,string>}){path:field} is not null then null"
        + " when left(get_json_object({x}, {path}), 1) = '['"
        + " and from_json({x}, {path:schema:array<string>}){path:field} is not null then null"
        + " else get_json_object({x}, {path}) end";

    /// <summary>All macros by name, in any case.</summary>
    public static FrozenDictionary<string, MacroDefinition> All { get; } =
        Define().ToFrozenDictionary(m => m.Name, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<MacroDefinition> Define() =>
    [
        .. DefineArithmetic(),
        .. DefineTime(),
        .. DefineText(),
        .. DefineParsing(),
    ];

    private static IEnumerable<MacroDefinition> DefineArithmetic() =>
    [
        new("int_div", [new("a"), new("b")],
            "(cast({a} as bigint) // nullif(cast({b} as bigint), 0))",
            "(cast({a} as bigint) div nullif(cast({b} as bigint), 0))"),
        new("div_dec", [new("a"), new("b"), new("p", Integer), new("s", Integer)], DivDecDuckDb, DivDecSpark),
    ];

    private static IEnumerable<MacroDefinition> DefineTime() =>
    [
        new("month", [new("x")],
            "cast(date_trunc('month', {x}) as date)",
            "cast(trunc(cast({x} as date), 'MM') as date)"),
        new("date_diff_days", [new("first"), new("last")],
            "date_diff('day', cast({first} as date), cast({last} as date))",
            "cast(datediff(cast({last} as date), cast({first} as date)) as bigint)"),
        new("add_months", [new("d"), new("n")],
            "cast(cast({d} as date) + to_months(cast({n} as integer)) as date)",
            "add_months(cast({d} as date), cast({n} as int))"),
        new("add_seconds", [new("t"), new("n")],
            "(cast({t} as timestamptz) + to_seconds(cast({n} as bigint)))",
            "timestampadd(SECOND, cast({n} as bigint), cast({t} as timestamp))"),
        new("format_date", [new("x"), new("format", Format)],
            "strftime(cast({x} as timestamp), {format})",
            // Without the sign before years of five digits and the zeros before negative ones.
            "regexp_replace(date_format(cast({x} as timestamp), {format}), '^(?:[+]|(-)0*)', '$1')"),
        new("to_zone", [new("t"), new("zone", Zone)],
            "timezone({zone}, cast({t} as timestamptz))",
            "from_utc_timestamp(cast({t} as timestamp), {zone})"),
        new("iso_dow", [new("d")],
            "isodow(cast({d} as date))",
            "cast(weekday(cast({d} as date)) + 1 as bigint)"),
    ];

    private static IEnumerable<MacroDefinition> DefineText() =>
    [
        new("re_like", [new("x"), new("pattern", Pattern)],
            "regexp_matches({x}, {pattern})",
            "({x} rlike {pattern})"),
        new("re_extract", [new("x"), new("pattern", Pattern), new("group", Integer)],
            "regexp_extract({x}, {pattern}, {group})",
            "regexp_extract({x}, {pattern}, {group})"),
        new("re_replace", [new("x"), new("pattern", SomePattern), new("replacement", Replacement)],
            "regexp_replace({x}, {pattern}, {replacement}, 'g')",
            "regexp_replace({x}, {pattern}, {replacement})"),
        new("string_agg", [new("x"), new("separator", MacroParameterKind.Text), new("order")],
            "string_agg({x}, {separator} order by {order} asc nulls first)",
            "listagg({x}, {separator}) within group (order by {order} asc nulls first)"),
        new("max_by", [new("x"), new("key")], "arg_max_null({x}, {key})", "max_by({x}, {key})"),
        new("min_by", [new("x"), new("key")], "arg_min_null({x}, {key})", "min_by({x}, {key})"),
        new("sha256", [new("x")], "sha256({x})", "sha2({x}, 256)"),
        new("utf8", [new("x")], "encode({x})", "cast({x} as binary)"),
    ];

    // What the engines make of a text or of JSON's numbers by themselves differs in many small ways, so that only plain
    // forms are read.
    private static IEnumerable<MacroDefinition> DefineParsing() =>
    [
        Parse("int", "whole", "int"),
        Parse("bigint", "whole", "bigint"),
        Parse("double", "double", "double"),
        new("parse_decimal", [new("x"), new("p", Integer), new("s", Integer)], Parsed("decimal", "decimal({p},{s})"),
            Parsed("decimal", "decimal({p},{s})")),
        Parse("date", "date", "date", " and {x} >= '0001'"),
        Parse("timestamp", "timestamp", "timestamptz", " and {x} >= '0001'"),
        new("json_str", [new("x"), new("path", MacroParameterKind.Path)], JsonStrDuckDb, JsonStrSpark, Version: 2),
        new("json_dec", [new("x"), new("path", MacroParameterKind.Path), new("p", Integer), new("s", Integer)],
            "case when json_valid({x}) and json_type({x}, {path}) in ('DOUBLE', 'BIGINT', 'UBIGINT')"
            + " then try_cast(json_extract_string({x}, {path}) as decimal({p},{s})) end",
            "case when from_json({x}, {path:schema:double}){path:field} is not null"
            + " then try_cast(get_json_object({x}, {path}) as decimal({p},{s})) end"),
    ];

    private static MacroDefinition Parse(string name, string form, string type, string also = "") => new(
        $"parse_{name}", [new("x")], Parsed(form, type, also),
        Parsed(form, type.Replace("timestamptz", "timestamp", StringComparison.Ordinal), also));

    private static string Parsed(string form, string type, string also = "") =>
        $"case when {{x}} {{matches:{form}}}{also} then try_cast({{x}} as {type}) end";
}
