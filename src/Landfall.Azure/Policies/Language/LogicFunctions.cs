using System.Collections.Immutable;

namespace Landfall.Azure.Policies.Language;

/// <summary>Functions of logic and comparison.</summary>
internal static class LogicFunctions
{
    /// <summary>By name.</summary>
    public static IEnumerable<KeyValuePair<string, PolicyFunction>> All { get; } =
    [
        PolicyFunctions.Lazy("if", 3, 3, If),
        PolicyFunctions.Lazy("and", 2, int.MaxValue, (facts, arguments) => Decided(facts, arguments, by: false)),
        PolicyFunctions.Lazy("or", 2, int.MaxValue, (facts, arguments) => Decided(facts, arguments, by: true)),
        PolicyFunctions.Strict("not", 1, 1, v => TruthOf(v[0]).Not().Value()),
        PolicyFunctions.Strict("true", 0, 0, _ => new PolicyValue.Flag(true)),
        PolicyFunctions.Strict("false", 0, 0, _ => new PolicyValue.Flag(false)),
        PolicyFunctions.Strict("null", 0, 0, _ => PolicyValue.None),
        PolicyFunctions.Strict("bool", 1, 1, v => Bool(v[0])),
        PolicyFunctions.Lazy("coalesce", 1, int.MaxValue, (facts, arguments) =>
            arguments.Select(a => a.Evaluate(facts)).FirstOrDefault(v => v is not PolicyValue.Nothing)
                ?? PolicyValue.None),
        PolicyFunctions.Strict("equals", 2, 2, v => Comparison.Exact(v[0], v[1]).Value()),
        Ordered("less", o => o < 0),
        Ordered("lessOrEquals", o => o <= 0),
        Ordered("greater", o => o > 0),
        Ordered("greaterOrEquals", o => o >= 0),
    ];

    private static PolicyValue If(IPolicyFacts facts, ImmutableArray<PolicyExpression> arguments) =>
        arguments[0].Evaluate(facts) switch
        {
            PolicyValue.Unknown unknown => unknown,
            PolicyValue condition => arguments[PolicyFunctions.AsFlag(condition) ? 1 : 2].Evaluate(facts),
        };

    /// <summary>One argument may decide; otherwise one that is unknown leaves it so, for its reason.</summary>
    private static PolicyValue Decided(IPolicyFacts facts, ImmutableArray<PolicyExpression> arguments, bool by)
    {
        PolicyValue result = new PolicyValue.Flag(!by);
        foreach (PolicyValue value in arguments.Select(a => a.Evaluate(facts)))
        {
            if (value is not PolicyValue.Unknown && PolicyFunctions.AsFlag(value) == by)
            {
                return value;
            }

            result = result is PolicyValue.Unknown || value is not PolicyValue.Unknown ? result : value;
        }

        return result;
    }

    private static Truth TruthOf(PolicyValue value) =>
        value is PolicyValue.Unknown ? Truth.Unknown : TruthTable.Of(PolicyFunctions.AsFlag(value));

    private static PolicyValue Bool(PolicyValue value) => value switch
    {
        PolicyValue.Flag => value,
        PolicyValue.Number number => new PolicyValue.Flag(number.Value != 0),
        PolicyValue.Text text when bool.TryParse(text.Value, out bool flag) => new PolicyValue.Flag(flag),
        _ => throw PolicyFunctions.Wrong(value, "true or false"),
    };

    private static KeyValuePair<string, PolicyFunction> Ordered(string name, Func<int, bool> holds) =>
        PolicyFunctions.Strict(name, 2, 2, v => new PolicyValue.Flag(
            holds(Order(v[0], v[1]) ?? throw new PolicyFailure("its arguments have no order"))));

    /// <summary>Of two numbers or two texts; of texts that differ by case alone, the one in small letters is less.
    /// </summary>
    private static int? Order(PolicyValue a, PolicyValue b) => (a, b) switch
    {
        (PolicyValue.Number x, PolicyValue.Number y) => x.Value.CompareTo(y.Value),
        (PolicyValue.Text x, PolicyValue.Text y) =>
            string.Compare(x.Value, y.Value, StringComparison.InvariantCultureIgnoreCase) is var order and not 0
                ? order
                : string.CompareOrdinal(y.Value, x.Value),
        _ => null,
    };
}
