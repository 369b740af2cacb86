using System.Collections.Immutable;
using System.Globalization;

namespace Landfall.Estate.Types;

/// <summary>A contract type (DESIGN: the table of types). Immutable; equality is by value.</summary>
public sealed record DataType
{
    private DataType(TypeKind kind) => Kind = kind;

    /// <summary>true or false.</summary>
    public static DataType Boolean { get; } = new(TypeKind.Boolean);

    /// <summary>32-bit signed integer.</summary>
    public static DataType Int { get; } = new(TypeKind.Int);

    /// <summary>64-bit signed integer.</summary>
    public static DataType BigInt { get; } = new(TypeKind.BigInt);

    /// <summary>64-bit IEEE 754.</summary>
    public static DataType Double { get; } = new(TypeKind.Double);

    /// <summary>Unicode text.</summary>
    public static DataType String { get; } = new(TypeKind.String);

    /// <summary>Bytes.</summary>
    public static DataType Binary { get; } = new(TypeKind.Binary);

    /// <summary>A calendar day.</summary>
    public static DataType Date { get; } = new(TypeKind.Date);

    /// <summary>An instant in microseconds, UTC.</summary>
    public static DataType Timestamp { get; } = new(TypeKind.Timestamp);

    /// <summary>Which type this is.</summary>
    public TypeKind Kind { get; }

    /// <summary>Decimal digits in all, 1 to 38; 0 unless <see cref="TypeKind.Decimal"/>.</summary>
    public int Precision { get; private init; }

    /// <summary>Decimal digits after the point, 0 to <see cref="Precision"/>.</summary>
    public int Scale { get; private init; }

    /// <summary>The element type of an array; null otherwise.</summary>
    public DataType? Element { get; private init; }

    /// <summary>The fields of a struct in order; empty otherwise.</summary>
    public ImmutableArray<StructField> Fields { get; private init; } = [];

    /// <summary>
    /// A decimal type; throws <see cref="ArgumentOutOfRangeException"/> outside 1..38 and 0..precision.
    /// </summary>
    public static DataType Decimal(int precision, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(precision, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, 38);
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, precision);
        return new(TypeKind.Decimal) { Precision = precision, Scale = scale };
    }

    /// <summary>An array of one element type.</summary>
    public static DataType Array(DataType element) => new(TypeKind.Array) { Element = element };

    /// <summary>A struct of named fields.</summary>
    public static DataType Struct(ImmutableArray<StructField> fields) => new(TypeKind.Struct) { Fields = fields };

    /// <summary>
    /// Reads a scalar type as contracts write it: <c>boolean, int, bigint, double, decimal(p,s), string, binary,
    /// date, timestamp</c>, in any case. False for anything else, arrays and structs included.
    /// </summary>
    public static bool TryParse(string text, out DataType type)
    {
        string name = text.Trim().ToLowerInvariant();
        DataType? found = name switch
        {
            "boolean" => Boolean,
            "int" => Int,
            "bigint" => BigInt,
            "double" => Double,
            "string" => String,
            "binary" => Binary,
            "date" => Date,
            "timestamp" => Timestamp,
            _ => ParseDecimal(name),
        };
        type = found ?? String;
        return found is not null;
    }

    /// <summary>The name as contracts write it, for example <c>decimal(18,2)</c>.</summary>
    public override string ToString() => Kind switch
    {
        TypeKind.Decimal => $"decimal({Precision},{Scale})",
        TypeKind.Array => $"array<{Element}>",
        TypeKind.Struct => $"struct<{string.Join(", ", Fields.Select(f => $"{f.Name}: {f.Type}"))}>",
        _ => Kind.ToString().ToLowerInvariant(),
    };

    /// <summary>Equality by value; fields of a struct compare in order.</summary>
    public bool Equals(DataType? other) =>
        other is not null && Kind == other.Kind && Precision == other.Precision && Scale == other.Scale
        && Equals(Element, other.Element) && Fields.SequenceEqual(other.Fields);

    /// <summary>A hash that agrees with <see cref="Equals(DataType)"/>.</summary>
    public override int GetHashCode() => HashCode.Combine(Kind, Precision, Scale, Element, Fields.Length);

    private static DataType? ParseDecimal(string name)
    {
        if (!name.StartsWith("decimal(", StringComparison.Ordinal) || !name.EndsWith(')'))
        {
            return null;
        }

        string[] parts = name["decimal(".Length..^1].Split(',');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, null, out int p)
            && int.TryParse(parts[1], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, null, out int s)
            && p is >= 1 and <= 38 && s >= 0 && s <= p
            ? Decimal(p, s)
            : null;
    }
}
