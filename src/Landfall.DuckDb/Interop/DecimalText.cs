using System.Globalization;
using System.Numerics;

namespace Landfall.DuckDb.Interop;

/// <summary>Decimals between .NET, which holds 28 digits and a little, and DuckDB, which holds 38.</summary>
internal static class DecimalText
{
    private static readonly Int128 LargestMantissa = ((Int128)1 << 96) - 1;

    public static NativeDecimal ToNative(decimal value)
    {
        Int128 unscaled = Unscaled(value);
        return new()
        {
            Width = (byte)Math.Max(Digits(unscaled), value.Scale + (value.Scale == 0 ? 1 : 0)),
            Scale = value.Scale,
            Lower = (ulong)(UInt128)unscaled,
            Upper = (long)(unscaled >> 64),
        };
    }

    public static Int128 Unscaled(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var magnitude = new Int128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        return bits[3] < 0 ? -magnitude : magnitude;
    }

    public static Int128 PowerOfTen(int exponent)
    {
        Int128 power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }

    /// <summary>A <see cref="decimal"/> with the column's scale where it fits, else its exact digits.</summary>
    public static object Boxed(Int128 unscaled, int scale)
    {
        Int128 magnitude = Int128.Abs(unscaled);
        if (magnitude > LargestMantissa || scale > 28)
        {
            return Text(unscaled, scale);
        }

        ulong low = (ulong)magnitude;
        return new decimal(
            (int)low, (int)(low >> 32), (int)(magnitude >> 64), Int128.IsNegative(unscaled), (byte)scale);
    }

    private static string Text(Int128 unscaled, int scale)
    {
        string digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        string sign = Int128.IsNegative(unscaled) ? "-" : "";
        return scale == 0 ? sign + digits : $"{sign}{digits[..^scale]}.{digits[^scale..]}";
    }

    private static int Digits(Int128 value)
    {
        int digits = 1;
        for (value = Int128.Abs(value); value >= 10; value /= 10)
        {
            digits++;
        }

        return digits;
    }
}
