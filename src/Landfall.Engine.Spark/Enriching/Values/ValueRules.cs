using Landfall.Engine.Formats;
using Landfall.Estate.Types;
using Landfall.Sql;

namespace Landfall.Engine.Spark.Enriching.Values;

/// <summary>
/// How text becomes a value of a contract type: in the spellings that <c>docs/reading-files.md</c> lists, and only
/// where nothing is lost. What the engine DuckDB makes of a text, Spark makes of it too.
/// </summary>
/// <param name="Type">The contract type; no array or struct.</param>
/// <param name="TimeZone">IANA zone of timestamps without offset; empty refuses them.</param>
internal sealed record ValueRules(DataType Type, string TimeZone)
{
    /// <summary>The type's name in Spark.</summary>
    public string TypeName => SqlTypes.Name(Type, SqlDialect.Spark);

    /// <summary>An expression: the <see cref="Outcome"/> of a text.</summary>
    /// <param name="text">The name of a column of type string; not null.</param>
    public string Outcomes(string text) => Type.Kind switch
    {
        TypeKind.String => Outcome.Value(text),
        TypeKind.Boolean => $"case when {Spellings.Fits(TypeKind.Boolean, text)} "
            + $"then {Outcome.Value($"lower({text}) in ('true', 't', 'yes', 'y', '1')")} "
            + $"else {Outcome.None("boolean", text)} end",
        TypeKind.Int or TypeKind.BigInt => Numbers.Integer(Type, text),
        TypeKind.Decimal => Numbers.Decimal(Type, text),
        TypeKind.Double => Numbers.Double(text),
        TypeKind.Date => Dates.Outcomes(text),
        TypeKind.Timestamp => new Timestamps(TimeZone).Outcomes(text),
        TypeKind.Binary => Bytes.Outcomes(text),
        _ => throw new ArgumentException($"{Type} is no type of one value.", nameof(text)),
    };

    /// <summary>
    /// An expression: the <see cref="Outcome"/> of a value that is of the type already; null where every value is
    /// whole.
    /// </summary>
    /// <param name="value">The name of a column of the type; not null.</param>
    public string? TypedOutcomes(string value)
    {
        (string rule, string condition) = Type.Kind switch
        {
            TypeKind.Double => (Rules.NotFinite, $"not isnan({value}) and abs({value}) < double('infinity')"),
            TypeKind.Date => (Rules.Range, $"{value} between date'0001-01-01' and date'9999-12-31'"),
            TypeKind.Timestamp => (
                Rules.Range,
                $"{value} between timestamp'0001-01-01 00:00:00' and timestamp'9999-12-31 23:59:59.999999'"),
            _ => ("", ""),
        };
        return condition.Length == 0 ? null : Outcome.Of(value, $"if({condition}, null, '{rule}')");
    }
}
