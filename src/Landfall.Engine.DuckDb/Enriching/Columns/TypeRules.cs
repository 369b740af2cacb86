using Landfall.Engine.DuckDb.Storage;
using Landfall.Engine.Formats;
using Landfall.Estate.Types;
using Landfall.Sql;

namespace Landfall.Engine.DuckDb.Enriching.Columns;

/// <summary>
/// How text becomes a value of a contract type: in the spellings that <c>docs/reading-files.md</c> lists, and only
/// where nothing is lost. The one definition of it; faster ways must agree.
/// </summary>
/// <param name="Type">The contract type.</param>
/// <param name="TimeZone">IANA zone of timestamps without offset; empty refuses them.</param>
internal sealed record TypeRules(DataType Type, string TimeZone)
{
    private readonly TimestampText _timestamps = new(TimeZone);

    /// <summary>Whether the type is an array or struct.</summary>
    public bool IsNested => Type.Kind is TypeKind.Array or TypeKind.Struct;

    /// <summary>The type's name in DuckDB.</summary>
    public string TypeName => DuckDbTypes.Name(Type);

    /// <summary>An expression: the value of a text, or null where it has none.</summary>
    /// <param name="text">An expression of type VARCHAR.</param>
    public string Value(string text) => Type.Kind switch
    {
        TypeKind.String => text,
        TypeKind.Array or TypeKind.Struct =>
            $"try(cast(json_transform_strict({text}, {SqlText.Literal(JsonStructure(Type))}) as {TypeName}))",
        TypeKind.Timestamp => _timestamps.Value(text),
        TypeKind.Binary => $"try_cast({text} as {TypeName})",
        TypeKind.Decimal => $"case when {Spellings.Fits(Type.Kind, text)} and {Holds(text)} "
            + $"then try_cast({text} as {TypeName}) end",
        _ => $"case when {Spellings.Fits(Type.Kind, text)} then try_cast({text} as {TypeName}) end",
    };

    /// <summary>An expression: the name of the rule that a text breaks, or null where it is whole.</summary>
    /// <param name="text">An expression of type VARCHAR; not null.</param>
    /// <param name="value">The expression of <see cref="Value"/>, or a column that holds it.</param>
    public string Rule(string text, string value)
    {
        string type = TypeKind.Timestamp == Type.Kind
            ? _timestamps.Missing(text)
            : $"case when try_cast({text} as DOUBLE) is not null and not isfinite(try_cast({text} as DOUBLE)) "
              + $"then '{Rules.NotFinite}' else '{Rules.Type}' end";
        string missing = Type.Kind == TypeKind.String ? "" : $"when {value} is null then {type} ";
        string more = TypedRule(value) is { } rule ? $"when not ({rule.Condition}) then '{rule.Name}' " : "";
        string gap = Type.Kind == TypeKind.Timestamp
            ? $"when {_timestamps.IsInGap(text, value)} then '{Rules.Gap}' "
            : "";
        string exact = Exact(text, value) is { } condition ? $"when ({condition}) is not true then "
            + $"'{Rules.Precision}' " : "";
        return missing.Length + more.Length + exact.Length == 0 ? "cast(null as varchar)"
            : $"case {missing}{more}{gap}{exact}end";
    }

    /// <summary>What a value of the type itself must fulfil besides; null for nothing.</summary>
    public (string Name, string Condition)? TypedRule(string value) => Type.Kind switch
    {
        TypeKind.Double => (Rules.NotFinite, $"isfinite({value})"),
        TypeKind.Date => (Rules.Range, $"{value} between date '0001-01-01' and date '9999-12-31'"),
        TypeKind.Timestamp => (
            Rules.Range,
            $"{value} between timestamptz '0001-01-01 00:00:00+00' and timestamptz '9999-12-31 23:59:59.999999+00'"),
        _ => null,
    };

    /// <summary>Casts of texts with an exponent give decimals of more digits than their type has.</summary>
    private string Holds(string text) => $"abs(try_cast({text} as {TypeName})) "
        + $"<= cast('{new string('9', Type.Precision - Type.Scale)}.{new string('9', Type.Scale)}' as {TypeName})";

    /// <summary>
    /// Casts round or cut: digits beyond the type's would be lost, and a time from a date.
    /// </summary>
    private string? Exact(string text, string value) => Type.Kind switch
    {
        TypeKind.Int or TypeKind.BigInt or TypeKind.Decimal =>
            $"case when regexp_matches({text}, '[eE]') "
            + $"then try(try_cast({text} as DECIMAL(38,{38 - Math.Max(20, Type.Precision - Type.Scale)})) = {value}) "
            + $"else length(rtrim(regexp_extract({text}, '[.](\\d*)', 1), '0')) <= {Type.Scale} end",
        TypeKind.Date => Spellings.IsMidnight(text),
        TypeKind.Timestamp => TimestampText.IsExact(text),
        _ => null,
    };

    /// <summary>The structure that DuckDB's JSON functions take.</summary>
    private static string JsonStructure(DataType type) => type.Kind switch
    {
        TypeKind.Array => $"[{JsonStructure(type.Element!)}]",
        TypeKind.Struct => "{"
            + string.Join(",", type.Fields.Select(f => $"{Quoted(f.Name)}:{JsonStructure(f.Type)}")) + "}",
        _ => Quoted(DuckDbTypes.Name(type)),
    };

    private static string Quoted(string text) =>
        "\"" + System.Text.Json.JsonEncodedText.Encode(text) + "\"";
}
