using System.Globalization;
using System.Numerics;

namespace Landfall.Engine.Quality;

/// <summary>Reads the one number that a rule's query gives. What it says of anything else quotes no value.</summary>
public static class MeasuredNumber
{
    // What a double is at least where it is not 0, so that a tiny one never passes for none.
    private const decimal Least = 0.0000000000000000000000000001m;

    private const string TooLong = "gives a number of more than 28 digits";

    /// <summary>Reads the number.</summary>
    /// <param name="rows">The first rows of the result, two at least where it has more than one.</param>
    /// <param name="number">The number; 1 for true and 0 for false, and 0 where there is none.</param>
    /// <returns>What the query does instead of giving one number; null where it gives one.</returns>
    public static string? Read(IReadOnlyList<object?[]> rows, out decimal number)
    {
        number = 0;
        return rows switch
        {
            [] => "gives no row",
            [{ Length: 1 } row] => Read(row[0], out number),
            [_] => "gives several columns",
            _ => "gives several rows",
        };
    }

    private static string? Read(object? value, out decimal number)
    {
        number = 0;
        switch (value)
        {
            case null:
                return "gives null";
            case bool truth:
                number = truth ? 1 : 0;
                return null;
            case float single:
                return Read(double.Parse(
                    single.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), out number);
            case double real:
                return Read(real, out number);
            case decimal exact:
                number = exact;
                return null;
            case string digits:
                return Read(digits, out number);
            case sbyte or byte or short or ushort or int or uint or long or ulong or Int128 or UInt128 or BigInteger:
                return Read(Convert.ToString(value, CultureInfo.InvariantCulture)!, out number);
            default:
                return "gives no number";
        }
    }

    private static string? Read(double real, out decimal number)
    {
        number = 0;
        if (!double.IsFinite(real))
        {
            return double.IsNaN(real) ? "gives NaN" : "gives an infinite number";
        }

        if (Math.Abs(real) >= (double)decimal.MaxValue)
        {
            return TooLong;
        }

        number = decimal.Parse(
            real.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (number == 0 && real != 0)
        {
            number = Math.Sign(real) * Least;
        }

        return null;
    }

    /// <summary>Decimals that are too long for one of .NET, and whole numbers, come as their exact digits.</summary>
    private static string? Read(string digits, out decimal number)
    {
        const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        bool fits = decimal.TryParse(digits, Plain, CultureInfo.InvariantCulture, out number);
        string significant = digits.TrimStart('-');
        if (!significant.All(c => char.IsAsciiDigit(c) || c == '.') || significant.Length == 0)
        {
            number = 0;
            return "gives text";
        }

        string exact = significant.Contains('.') ? significant.TrimEnd('0') : significant;
        int length = exact.Replace(".", "", StringComparison.Ordinal).TrimStart('0').Length;
        int scale = exact.Contains('.') ? exact.Length - exact.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        if (fits && length <= 28 && scale <= 28)
        {
            return null;
        }

        number = 0;
        return TooLong;
    }
}
