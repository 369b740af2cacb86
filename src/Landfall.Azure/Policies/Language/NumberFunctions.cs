using System.Collections.Immutable;
using System.Globalization;

namespace Landfall.Azure.Policies.Language;

/// <summary>Functions of numbers.</summary>
internal static class NumberFunctions
{
    /// <summary>By name.</summary>
    public static IEnumerable<KeyValuePair<string, PolicyFunction>> All { get; } =
    [
        Of("add", (a, b) => a + b),
        Of("sub", (a, b) => a - b),
        Of("mul", (a, b) => a * b),
        Of("div", (a, b) => decimal.Truncate(a / NotZero(b))),
        Of("mod", (a, b) => a % NotZero(b)),
        PolicyFunctions.Strict("int", 1, 1, v => Int(v[0])),
        PolicyFunctions.Strict("float", 1, 1, v => v[0] is PolicyValue.Number ? v[0] : Parsed(v[0])),
        PolicyFunctions.Deep("max", 1, int.MaxValue, v => new PolicyValue.Number(Numbers(v).Max())),
        PolicyFunctions.Deep("min", 1, int.MaxValue, v => new PolicyValue.Number(Numbers(v).Min())),
    ];

    private static KeyValuePair<string, PolicyFunction> Of(string name, Func<decimal, decimal, decimal> apply) =>
        PolicyFunctions.Strict(name, 2, 2, v =>
        {
            try
            {
                return new PolicyValue.Number(apply(AsWhole(v[0]), AsWhole(v[1])));
            }
            catch (OverflowException)
            {
                throw new PolicyFailure("its result is too large");
            }
        });

    private static decimal AsWhole(PolicyValue value) =>
        PolicyFunctions.AsNumber(value) is var number && number == decimal.Truncate(number)
            ? number
            : throw PolicyFunctions.Wrong(value, "a whole number");

    private static decimal NotZero(decimal number) =>
        number == 0 ? throw new PolicyFailure("it divides by nothing") : number;

    private static PolicyValue Int(PolicyValue value) =>
        (value as PolicyValue.Number ?? Parsed(value)) is var number && number.Value == decimal.Truncate(number.Value)
            ? number
            : throw PolicyFunctions.Wrong(value, "a whole number");

    private static PolicyValue.Number Parsed(PolicyValue value) => decimal.TryParse(
        PolicyFunctions.AsText(value), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
        ? new(number)
        : throw PolicyFunctions.Wrong(value, "a number");

    private static ImmutableArray<decimal> Numbers(ImmutableArray<PolicyValue> values)
    {
        ImmutableArray<PolicyValue> all = values is [PolicyValue.List list] ? list.Items : values;
        return all.IsEmpty
            ? throw new PolicyFailure("it is given no number")
            : [.. all.Select(PolicyFunctions.AsNumber)];
    }
}
