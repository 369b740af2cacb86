using System.Globalization;
using Landfall.Estate.Types;

namespace Landfall.Sql.Numbers;

/// <summary>A type of numbers as DuckDB computes them.</summary>
/// <param name="Digits">The digits that it may have; a whole number has those of its largest value.</param>
/// <param name="Scale">How many of them are decimals.</param>
/// <param name="IsDecimal">Whether it is a decimal; a whole number otherwise.</param>
/// <param name="IsDouble">Whether it is a double, which has no digits to count.</param>
internal sealed record NumberType(int Digits, int Scale, bool IsDecimal, bool IsDouble = false)
{
    /// <summary>The digits that a double keeps of every decimal.</summary>
    public const int DoubleDigits = 15;

    /// <summary>The most digits of a decimal; sums have them all.</summary>
    public const int DigitsMax = 38;

    /// <summary>The digits up to which DuckDB computes decimals in 64 bits.</summary>
    public const int NarrowDigits = 18;

    private const int HugeDigits = 39;
    private const int BigIntOnSpark = 20;

    /// <summary>The digits that Spark gives it where those are others.</summary>
    public int? OnSpark { get; init; }

    /// <summary>A double.</summary>
    public static NumberType Double { get; } = new(0, 0, false, true);

    /// <summary>A bigint.</summary>
    public static NumberType BigInt { get; } = new(19, 0, false) { OnSpark = BigIntOnSpark };

    /// <summary>What sums of whole numbers have.</summary>
    public static NumberType Huge { get; } = new(HugeDigits, 0, false) { OnSpark = BigIntOnSpark };

    /// <summary>Whether every value is one of a double, digit by digit.</summary>
    public bool FitsDouble => IsDouble || Digits <= DoubleDigits;

    /// <summary>Whether it is as wide as there is: sums are, whose values are narrower as a rule.</summary>
    public bool IsWidest => !IsDouble && Digits >= DigitsMax;

    /// <summary>A type by DuckDB's name, for example <c>DECIMAL(18,2)</c>; null for no number.</summary>
    public static NumberType? Parse(string type) => type switch
    {
        "TINYINT" or "UTINYINT" => new(3, 0, false),
        "SMALLINT" or "USMALLINT" => new(5, 0, false),
        "INTEGER" or "UINTEGER" => new(10, 0, false),
        "BIGINT" => BigInt,
        "UBIGINT" => new(20, 0, false),
        "HUGEINT" or "UHUGEINT" => Huge,
        "DOUBLE" or "FLOAT" => Double,
        _ when type.StartsWith("DECIMAL(", StringComparison.Ordinal) && type.EndsWith(')')
            && type["DECIMAL(".Length..^1].Split(',') is [string digits, string scale] =>
            new(
                int.Parse(digits, CultureInfo.InvariantCulture), int.Parse(scale, CultureInfo.InvariantCulture), true),
        _ => null,
    };

    /// <summary>A contract's type; null for no number.</summary>
    public static NumberType? Of(DataType type) => Parse(SqlTypes.Name(type, SqlDialect.DuckDb));

    /// <summary>The type that holds values of both.</summary>
    public NumberType With(NumberType other)
    {
        if (IsDouble || other.IsDouble)
        {
            return Double;
        }

        int scale = Math.Max(Scale, other.Scale);
        int digits = Math.Max(Digits - Scale, other.Digits - other.Scale) + scale;
        bool isDecimal = IsDecimal || other.IsDecimal;
        return new(isDecimal ? Math.Min(digits, DigitsMax) : digits, scale, isDecimal)
        {
            OnSpark = Math.Min(Needed(other), DigitsMax),
        };
    }

    /// <summary>The digits that a type would need on Spark to hold values of both; 38 is the most there is.</summary>
    public int Needed(NumberType other) => Needed([this, other], onSpark: true);

    /// <summary>
    /// The digits that one type would need to hold values of all. Engines that have no more than 38 round instead, of
    /// which DuckDB makes an exception for its widest whole number.
    /// </summary>
    public static int Needed(IReadOnlyCollection<NumberType> types, bool onSpark)
    {
        int DigitsOf(NumberType type) => onSpark ? type.OnSpark ?? type.Digits : type.IsDecimal ? type.Digits
            : Math.Min(type.Digits, BigIntOnSpark);
        return types.Max(t => DigitsOf(t) - t.Scale) + types.Max(t => t.Scale);
    }

    /// <inheritdoc/>
    public override string ToString() => IsDouble ? "double"
        : IsDecimal ? $"decimal({Digits},{Scale})"
        : Digits switch { <= 10 => "int", <= 20 => "bigint", _ => "hugeint" };
}
