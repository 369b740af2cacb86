using Landfall.Estate.Types;
using Landfall.Sql.Numbers;

namespace Landfall.Sql.Typing;

/// <summary>The type of an expression as DuckDB computes it.</summary>
/// <param name="Kind">What kind of value it is.</param>
/// <param name="Number">Which numbers; null for other kinds, and where only the kind is known.</param>
internal sealed record ExpressionType(ValueKind Kind, NumberType? Number = null)
{
    /// <summary>Not known.</summary>
    public static ExpressionType Unknown { get; } = new(ValueKind.Unknown);

    /// <summary>NULL.</summary>
    public static ExpressionType Null { get; } = new(ValueKind.Null);

    /// <summary>True or false.</summary>
    public static ExpressionType Boolean { get; } = new(ValueKind.Boolean);

    /// <summary>Text.</summary>
    public static ExpressionType Text { get; } = new(ValueKind.Text);

    /// <summary>A day.</summary>
    public static ExpressionType Date { get; } = new(ValueKind.Date);

    /// <summary>An instant.</summary>
    public static ExpressionType Timestamp { get; } = new(ValueKind.Timestamp);

    /// <summary>A whole number of 64 bits.</summary>
    public static ExpressionType BigInt { get; } = new(ValueKind.Number, NumberType.BigInt);

    /// <summary>A double.</summary>
    public static ExpressionType Double { get; } = new(ValueKind.Number, NumberType.Double);

    /// <summary>Whether it is a double.</summary>
    public bool IsDouble => Number is { IsDouble: true };

    /// <summary>Whether it is a decimal.</summary>
    public bool IsDecimal => Number is { IsDecimal: true };

    /// <summary>Whether it is a whole number.</summary>
    public bool IsWhole => Number is { IsDecimal: false, IsDouble: false };

    /// <summary>Whether it is a day or an instant.</summary>
    public bool IsTime => Kind is ValueKind.Date or ValueKind.Timestamp;

    /// <summary>Whether something is known that is not NULL.</summary>
    public bool IsKnown => Kind is not (ValueKind.Unknown or ValueKind.Null);

    /// <summary>Some number; null is a number whose type is not known.</summary>
    public static ExpressionType Of(NumberType? number) => new(ValueKind.Number, number);

    /// <summary>A contract's type.</summary>
    public static ExpressionType Of(DataType type) => type.Kind switch
    {
        TypeKind.Array or TypeKind.Struct => new(ValueKind.Other),
        _ => Parse(SqlTypes.Name(type, SqlDialect.DuckDb)),
    };

    /// <summary>A type by the name that DuckDB gives it, for example <c>DECIMAL(18,2)</c>.</summary>
    public static ExpressionType Parse(string name) => name switch
    {
        "NULL" => Null,
        "BOOLEAN" => Boolean,
        "VARCHAR" => Text,
        "BLOB" => new(ValueKind.Binary),
        "DATE" => Date,
        "TIMESTAMP" or "TIMESTAMPTZ" or "TIMESTAMP WITH TIME ZONE" => Timestamp,
        _ => NumberType.Parse(name) is { } number ? Of(number) : Unknown,
    };

    /// <summary>The type that holds values of both; not known where none does.</summary>
    public ExpressionType With(ExpressionType other)
    {
        if (Kind == ValueKind.Null || other.Kind == ValueKind.Null)
        {
            return Kind == ValueKind.Null ? other : this;
        }

        return (Kind, other.Kind) switch
        {
            (ValueKind.Number, ValueKind.Number) =>
                Of(Number is { } one && other.Number is { } two ? one.With(two) : null),
            (ValueKind.Date, ValueKind.Timestamp) => other,
            (ValueKind.Timestamp, ValueKind.Date) => this,
            _ => Kind == other.Kind ? this : Unknown,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Number?.ToString() ?? Kind switch
    {
        ValueKind.Text => "string",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}
