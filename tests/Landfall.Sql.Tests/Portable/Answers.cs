using System.Collections.Immutable;
using System.Globalization;

namespace Landfall.Sql.Tests.Portable;

/// <summary>Compares values and rows of engines: exactly, but for doubles, of which nine digits count.</summary>
public static class Answers
{
    private const double Tolerance = 1e-9;

    /// <summary>Whether two values are the same.</summary>
    public static bool Same(object? one, object? other) => (Plain(one), Plain(other)) switch
    {
        (null, null) => true,
        (double a, double b) => Same(a, b),
        ({ } a, { } b) => a.Equals(b),
        _ => false,
    };

    /// <summary>Whether two lists have the same rows, in any order.</summary>
    public static bool Same(IReadOnlyList<object?[]> one, IReadOnlyList<object?[]> other) =>
        one.Count == other.Count && Sorted(one).Zip(Sorted(other)).All(
            p => p.First.Length == p.Second.Length && p.First.Zip(p.Second).All(v => Same(v.First, v.Second)));

    /// <summary>A row as text.</summary>
    public static string Text(IEnumerable<object?> row) => string.Join(" | ", row.Select(
        v => v is null ? "null" : Convert.ToString(v, CultureInfo.InvariantCulture)));

    private static bool Same(double one, double other) =>
        one.Equals(other) || one == other
        || Math.Abs(one - other) <= Tolerance * Math.Max(Math.Abs(one), Math.Abs(other));

    private static object? Plain(object? value) => value switch
    {
        int number => (long)number,
        Int128 number => number.ToString(CultureInfo.InvariantCulture),
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        _ => value,
    };

    // Doubles count last, so that their last digits do not decide which rows are held against each other.
    private static ImmutableArray<object?[]> Sorted(IEnumerable<object?[]> rows) =>
    [
        .. rows.OrderBy(r => Text(r.Select(v => v is double ? "" : Plain(v))), StringComparer.Ordinal)
            .ThenBy(r => Text(r.Select(v => v is double d ? d.ToString("E6", CultureInfo.InvariantCulture) : "")),
                StringComparer.Ordinal),
    ];
}
