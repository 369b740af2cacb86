using System.Globalization;
using System.Numerics;

namespace Landfall.Engine.DuckDb.Staging;

/// <summary>
/// Decimals of any number of digits as texts, <c>-12.50</c>: no type of DuckDB holds all of PostgreSQL's.
/// </summary>
internal static class DecimalText
{
    /// <summary>The key of minus infinity, which is less than all others, as a literal.</summary>
    public const string NegativeInfinity = "''";

    /// <summary>
    /// SQL: a text that orders as the decimals do, exactly. Their sign comes first, then how many digits are before the
    /// point, then the digits; of negative ones all digits are turned round, and what is longer is less. Null for NaN
    /// and infinity, which are greater than all numbers for PostgreSQL.
    /// </summary>
    /// <param name="text">SQL of the text.</param>
    public static string Key(string text)
    {
        string digits = $"ltrim({text}, '-')";
        string whole = $"split_part({digits}, '.', 1)";
        string key = $"lpad(cast(length({whole}) as VARCHAR), 6, '0') || {whole} || "
            + $"rtrim(split_part({digits}, '.', 2), '0')";
        return $"case when {text} = '-Infinity' then {NegativeInfinity} when {text} in ('NaN', 'Infinity') then null "
            + $"when {text} like '-%' then '0' || translate({key}, '0123456789', '9876543210') || '~' "
            + $"else '1' || {key} end";
    }

    /// <summary>The text of a decimal less so many units.</summary>
    public static string Less(string text, long units)
    {
        int point = text.IndexOf('.', StringComparison.Ordinal);
        int scale = point < 0 ? 0 : text.Length - point - 1;
        var unscaled = BigInteger.Parse(
            point < 0 ? text : text.Remove(point, 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        BigInteger less = unscaled - (units * BigInteger.Pow(10, scale));
        string digits = BigInteger.Abs(less).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return (less.Sign < 0 ? "-" : "") + digits.Insert(digits.Length - scale, scale == 0 ? "" : ".");
    }
}
