using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Landfall.Cli.Tests.Serving;

/// <summary>A value of a contract's type.</summary>
/// <param name="Sql">How DuckDB writes it into a source's file.</param>
/// <param name="Read">How every reader has to print it.</param>
internal sealed record TypedValue(string Sql, string Read)
{
    private const int MicrosecondsPerTick = 10;

    public static TypedValue Null { get; } = new("null", "-");

    public static TypedValue Boolean(bool value) => Same(value ? "true" : "false");

    public static TypedValue Integer(long value) => new(
        value == long.MinValue ? "(-9223372036854775807 - 1)" : Same(value).Sql, Same(value).Read);

    public static TypedValue Double(double value) => new(
        $"cast('{value.ToString("R", CultureInfo.InvariantCulture)}' as double)", Bits(value));

    public static TypedValue Decimal(string value, string type) => new($"cast('{value}' as {type})", value);

    public static TypedValue Text(string value)
    {
        string hex = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value));
        return new($"decode(unhex('{hex}'))", "x" + hex);
    }

    public static TypedValue Bytes(params byte[] value)
    {
        string hex = Convert.ToHexStringLower(value);
        return new($"unhex('{hex}')", "x" + hex);
    }

    public static TypedValue Date(string value) => new($"date '{value}'", value);

    /// <summary>An instant of UTC, as <c>2026-01-31 12:00:00.123456</c>.</summary>
    public static TypedValue Timestamp(string value) => new(
        $"cast('{value}+00' as timestamptz)",
        Microseconds(DateTime.Parse(
            value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal))
            .ToString(CultureInfo.InvariantCulture));

    /// <summary>An array or struct: how DuckDB writes it, and its JSON.</summary>
    public static TypedValue Json(string sql, string json) =>
        new(sql, "x" + Convert.ToHexStringLower(Encoding.UTF8.GetBytes(json)));

    /// <summary>A double as readers print it: its bits, since texts of doubles differ.</summary>
    public static string Bits(double value)
    {
        byte[] bits = new byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleBigEndian(bits, value);
        return double.IsNaN(value) ? "nan" : Convert.ToHexStringLower(bits);
    }

    /// <summary>Microseconds since 1970.</summary>
    public static long Microseconds(DateTime value) => (value - DateTime.UnixEpoch).Ticks / MicrosecondsPerTick;

    private static TypedValue Same(IFormattable value) => Same(value.ToString(null, CultureInfo.InvariantCulture));

    private static TypedValue Same(string value) => new(value, value);
}
