using System.Collections.Immutable;
using System.Globalization;

namespace Landfall.Azure.Policies.Language;

/// <summary>
/// Compares as conditions of Azure Policy do: texts without regard to case, numbers and flags as their texts too.
/// Source: Azure Policy definition structure, policy rule, section Conditions.
/// </summary>
internal static class Comparison
{
    private static readonly string[] DateFormats =
        ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    /// <summary>What a condition says of a value.</summary>
    public static Truth Of(ConditionOperator how, PolicyValue value, PolicyValue target) => how switch
    {
        ConditionOperator.Equals => Same(value, target),
        ConditionOperator.NotEquals => Same(value, target).Not(),
        ConditionOperator.In => In(value, target),
        ConditionOperator.NotIn => In(value, target).Not(),
        ConditionOperator.Like => Fits(value, target, IsLike),
        ConditionOperator.NotLike => Fits(value, target, IsLike).Not(),
        ConditionOperator.Match => Fits(value, target, (t, p) => IsMatch(t, p, ignoresCase: false)),
        ConditionOperator.NotMatch => Fits(value, target, (t, p) => IsMatch(t, p, ignoresCase: false)).Not(),
        ConditionOperator.MatchInsensitively => Fits(value, target, (t, p) => IsMatch(t, p, ignoresCase: true)),
        ConditionOperator.NotMatchInsensitively =>
            Fits(value, target, (t, p) => IsMatch(t, p, ignoresCase: true)).Not(),
        ConditionOperator.Contains => Contains(value, target),
        ConditionOperator.NotContains => Contains(value, target).Not(),
        ConditionOperator.ContainsKey => ContainsKey(value, target),
        ConditionOperator.NotContainsKey => ContainsKey(value, target).Not(),
        ConditionOperator.Exists => Exists(value, target),
        _ => Ordered(how, value, target),
    };

    /// <summary>Whether two values are the same, at any depth.</summary>
    public static Truth Same(PolicyValue a, PolicyValue b) => (a, b) switch
    {
        (PolicyValue.Unknown, _) or (_, PolicyValue.Unknown) => Truth.Unknown,
        (PolicyValue.Nothing, _) or (_, PolicyValue.Nothing) =>
            TruthTable.Of(a is PolicyValue.Nothing && b is PolicyValue.Nothing),
        (PolicyValue.List x, PolicyValue.List y) => x.Items.Length != y.Items.Length
            ? Truth.False
            : TruthTable.All(x.Items.Zip(y.Items, Same)),
        (PolicyValue.Map x, PolicyValue.Map y) => x.Members.Count != y.Members.Count
            ? Truth.False
            : TruthTable.All(x.Members.Select(m => y.Members.TryGetValue(m.Key, out PolicyValue? other)
                ? Same(m.Value, other)
                : Truth.False)),
        _ => TruthTable.Of(a.Scalar is { } left && string.Equals(left, b.Scalar, StringComparison.OrdinalIgnoreCase)),
    };

    /// <summary>Whether two values are the same as functions see it: of one kind, by case, at any depth.</summary>
    public static Truth Exact(PolicyValue a, PolicyValue b) => (a, b) switch
    {
        (PolicyValue.Unknown, _) or (_, PolicyValue.Unknown) => Truth.Unknown,
        (PolicyValue.List x, PolicyValue.List y) => x.Items.Length != y.Items.Length
            ? Truth.False
            : TruthTable.All(x.Items.Zip(y.Items, Exact)),
        (PolicyValue.Map x, PolicyValue.Map y) => x.Members.Count != y.Members.Count
            ? Truth.False
            : TruthTable.All(x.Members.Select(m => Member(y, m.Key) is { } other
                ? Exact(m.Value, other)
                : Truth.False)),
        _ => TruthTable.Of(a.Equals(b)),
    };

    /// <summary>The value of a name, by its case; null where there is none.</summary>
    public static PolicyValue? Member(PolicyValue.Map map, string name) =>
        map.Members.TryGetKey(name, out string actual) && actual == name ? map.Members[name] : null;

    /// <summary>
    /// The order of two numbers, dates or texts; null where they cannot be compared. Texts that are numbers count as
    /// numbers beside one.
    /// </summary>
    public static int? Order(PolicyValue a, PolicyValue b)
    {
        if (a is PolicyValue.Number || b is PolicyValue.Number)
        {
            return Amount(a) is { } left && Amount(b) is { } right ? left.CompareTo(right) : null;
        }

        if (a is not PolicyValue.Text x || b is not PolicyValue.Text y)
        {
            return null;
        }

        return Date(x.Value) is { } first && Date(y.Value) is { } second
            ? first.CompareTo(second)
            : string.Compare(x.Value, y.Value, StringComparison.InvariantCultureIgnoreCase);
    }

    /// <summary>A date of ISO 8601; null where it is none.</summary>
    public static DateTimeOffset? Date(string text) => DateTimeOffset.TryParseExact(
        text, DateFormats, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset date)
        ? date
        : null;

    private static decimal? Amount(PolicyValue value) => value switch
    {
        PolicyValue.Number number => number.Value,
        PolicyValue.Text text when decimal.TryParse(
            text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) => number,
        _ => null,
    };

    private static Truth In(PolicyValue value, PolicyValue target) => target switch
    {
        PolicyValue.Unknown => Truth.Unknown,
        PolicyValue.List list => TruthTable.Any(list.Items.Select(i => Same(value, i))),
        _ => Same(value, target),
    };

    private static Truth Fits(PolicyValue value, PolicyValue target, Func<string, string, bool> fits) =>
        value is PolicyValue.Unknown || target is PolicyValue.Unknown
            ? Truth.Unknown
            : TruthTable.Of(value.Scalar is { } text && target.Scalar is { } pattern && fits(text, pattern));

    private static Truth Contains(PolicyValue value, PolicyValue target) => value switch
    {
        PolicyValue.Unknown => Truth.Unknown,
        _ when target is PolicyValue.Unknown => Truth.Unknown,
        PolicyValue.List list => TruthTable.Any(list.Items.Select(i => Same(i, target))),
        PolicyValue.Map => ContainsKey(value, target),
        _ => TruthTable.Of(value.Scalar is { } text && target.Scalar is { } part
            && text.Contains(part, StringComparison.OrdinalIgnoreCase)),
    };

    private static Truth ContainsKey(PolicyValue value, PolicyValue target) =>
        value is PolicyValue.Unknown || target is PolicyValue.Unknown
            ? Truth.Unknown
            : TruthTable.Of(value is PolicyValue.Map map && target.Scalar is { } key && map.Members.ContainsKey(key));

    private static Truth Exists(PolicyValue value, PolicyValue target)
    {
        if (value is PolicyValue.Unknown || target is PolicyValue.Unknown)
        {
            return Truth.Unknown;
        }

        Truth isThere = TruthTable.Of(value is not PolicyValue.Nothing);
        return string.Equals(target.Scalar, "true", StringComparison.OrdinalIgnoreCase) ? isThere : isThere.Not();
    }

    /// <summary>What is not there is neither less nor more.</summary>
    private static Truth Ordered(ConditionOperator how, PolicyValue value, PolicyValue target)
    {
        if (value is PolicyValue.Unknown || target is PolicyValue.Unknown)
        {
            return Truth.Unknown;
        }

        return value is PolicyValue.Nothing
            ? Truth.False
            : Order(value, target) is not { } order
                ? Truth.Unknown
                : TruthTable.Of(how switch
                {
                    ConditionOperator.Less => order < 0,
                    ConditionOperator.LessOrEquals => order <= 0,
                    ConditionOperator.Greater => order > 0,
                    _ => order >= 0,
                });
    }

    private static bool IsLike(string text, string pattern)
    {
        ImmutableArray<string> parts = [.. pattern.Split('*')];
        if (parts.Length == 1)
        {
            return text.Equals(pattern, StringComparison.OrdinalIgnoreCase);
        }

        if (text.Length < parts[0].Length + parts[^1].Length
            || !text.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase)
            || !text.EndsWith(parts[^1], StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        int at = parts[0].Length;
        int end = text.Length - parts[^1].Length;
        foreach (string part in parts[1..^1])
        {
            int found = text.IndexOf(part, at, end - at, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
            {
                return false;
            }

            at = found + part.Length;
        }

        return true;
    }

    private static bool IsMatch(string text, string pattern, bool ignoresCase) =>
        text.Length == pattern.Length && text.Zip(pattern).All(pair => pair.Second switch
        {
            '#' => char.IsAsciiDigit(pair.First),
            '?' => char.IsAsciiLetter(pair.First),
            '.' => true,
            char exact => exact == pair.First
                || (ignoresCase && char.ToUpperInvariant(exact) == char.ToUpperInvariant(pair.First)),
        });
}
