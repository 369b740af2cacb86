using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using Landfall.Estate.Types;

namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>Values of every type, ordinary and extreme.</summary>
internal sealed class CellGenerator(Random random)
{
    private static readonly long MicrosecondsMax =
        (DateTimeOffset.MaxValue.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;

    private static readonly long MicrosecondsMin = -DateTimeOffset.UnixEpoch.Ticks / 10;

    private static readonly string[] Texts =
    [
        "", " ", "a", "A", "null", "NULL", "it's", "\"quoted\"", "back\\slash", "a b", "100%", "%20", "x=y", "a/b",
        "../up", "#?&;", "ü", "é", "Straße", "日本語", "😀", "\uE000", "\uFFFD", "\U0010FFFF",
        "\U00020BB7", "tab\tnew\nline\r",
        "__HIVE_DEFAULT_PARTITION__", "{\"json\":[1]}", " trailing ", "\u007F", "2026-01-01", "1e3", "-", "ZZ", ":",
    ];

    private static readonly double[] Doubles =
    [
        0.0, -0.0, 1.5, -2.25, double.MaxValue, double.MinValue, double.Epsilon, -double.Epsilon, 1e16, 0.1, 1e-7,
        123456789.125, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
    ];

    /// <summary>A value of a type; NULL one time in six where that is allowed.</summary>
    public Cell Next(DataType type, bool nullable = true) =>
        nullable && random.Next(6) == 0 ? Cell.Null : type.Kind switch
        {
            TypeKind.Boolean => OfBoolean(random.Next(2) == 0),
            TypeKind.Int => OfInteger(
                Pick<long>(int.MinValue, int.MaxValue, 0, -1, random.Next(100), random.Next()), "integer"),
            TypeKind.BigInt => OfInteger(
                Pick(long.MinValue, long.MaxValue, 0, -1, random.Next(100), random.NextInt64()), "bigint"),
            TypeKind.Double => OfDouble(
                random.Next(3) == 0 ? Doubles[random.Next(Doubles.Length)] : random.NextDouble() * 1000 - 500),
            TypeKind.Decimal => OfDecimal(type),
            TypeKind.String => OfText(NextText()),
            TypeKind.Binary => OfBytes(),
            TypeKind.Date => OfDate(),
            TypeKind.Timestamp => OfInstant(),
            TypeKind.Array => OfArray(type.Element!),
            _ => OfStruct(type),
        };

    /// <summary>A whole number.</summary>
    public static Cell OfInteger(long value, string type) => new(
        $"cast('{value.ToString(CultureInfo.InvariantCulture)}' as {type})",
        value.ToString(CultureInfo.InvariantCulture), value);

    /// <summary>A text.</summary>
    public static Cell OfText(string value) => new(
        $"decode(unhex('{Convert.ToHexString(Encoding.UTF8.GetBytes(value))}'))", value, value);

    private static Cell OfBoolean(bool value) => new(value ? "true" : "false", value ? "true" : "false", value);

    private static Cell OfDouble(double value)
    {
        string text = double.IsNaN(value) ? "nan"
            : double.IsInfinity(value) ? value > 0 ? "inf" : "-inf"
            : value.ToString("R", CultureInfo.InvariantCulture);
        return new($"cast('{text}' as double)", JudgedColumn.TextOf(value), value);
    }

    private Cell OfDecimal(DataType type)
    {
        int digits = random.Next(3) switch { 0 => type.Precision, 1 => 1, _ => random.Next(1, type.Precision + 1) };
        string unscaled = string.Concat(Enumerable.Range(0, digits).Select(i =>
            digits == type.Precision ? '9' : (char)('0' + random.Next(10)))).TrimStart('0');
        unscaled = unscaled.PadLeft(type.Scale + 1, '0');
        string text = type.Scale == 0 ? unscaled : $"{unscaled[..^type.Scale]}.{unscaled[^type.Scale..]}";
        bool negative = random.Next(2) == 0 && BigInteger.Parse(unscaled, CultureInfo.InvariantCulture) != 0;
        text = negative ? "-" + text : text;
        object? literal = digits <= 20 ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;
        return new($"cast('{text}' as decimal({type.Precision},{type.Scale}))", text, literal);
    }

    private string NextText() => random.Next(4) switch
    {
        0 => new string('z', random.Next(29, 34)) + Texts[random.Next(Texts.Length)] + random.Next(10),
        1 => string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => Texts[random.Next(Texts.Length)])),
        _ => Texts[random.Next(Texts.Length)],
    };

    private Cell OfBytes()
    {
        byte[] bytes = new byte[Pick(0, 1, 3, 40)];
        random.NextBytes(bytes);
        string hex = Convert.ToHexStringLower(bytes);
        return new($"unhex('{hex}')", hex);
    }

    private Cell OfDate()
    {
        DateOnly day = Pick(
            DateOnly.MinValue, DateOnly.MaxValue, new DateOnly(1582, 10, 10), new DateOnly(1969, 12, 31),
            new DateOnly(2024, 2, 29), new DateOnly(2026, 1, 1).AddDays(random.Next(400)));
        string text = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new($"date '{text}'", text, day);
    }

    private Cell OfInstant()
    {
        long microseconds = Pick(
            MicrosecondsMin, MicrosecondsMax, 0, -1, 1_798_761_599_999_999,
            1_767_225_600_000_000 + random.NextInt64(31_536_000_000_000));
        string text = microseconds.ToString(CultureInfo.InvariantCulture);
        return new($"make_timestamptz({text})", text, DateTimeOffset.UnixEpoch.AddTicks(microseconds * 10));
    }

    private Cell OfArray(DataType element)
    {
        Cell[] elements = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Next(element))];
        return new(
            $"cast([{string.Join(", ", elements.Select(e => e.Sql))}] as {Storage(element)}[])",
            "[" + string.Join(",", elements.Select(e => e == Cell.Null ? "null" : Inner(e, element))) + "]");
    }

    private Cell OfStruct(DataType type)
    {
        Cell[] values = [.. type.Fields.Select(f => Next(f.Type))];
        var fields = type.Fields.Zip(values).ToArray();
        return new(
            $"struct_pack({string.Join(", ", fields.Select(f => $"\"{f.First.Name}\" := {f.Second.Sql}"))})",
            "{" + string.Join(",", fields.Where(f => f.Second != Cell.Null)
                .Select(f => f.First.Name + ":" + Inner(f.Second, f.First.Type))) + "}");
    }

    private static string Inner(Cell cell, DataType type) => type.Kind == TypeKind.String
        ? JudgedColumn.TextOf(JsonValue.Create(cell.Text))
        : cell.Text;

    private static string Storage(DataType type) => Engine.DuckDb.Storage.DuckDbTypes.Name(type);

    private T Pick<T>(params ReadOnlySpan<T> values) => values[random.Next(values.Length)];
}
