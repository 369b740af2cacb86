using System.Collections.Immutable;
using System.Globalization;

namespace Landfall.Azure.Policies.Language;

/// <summary>Functions that ask for the resource, the policy and what is around them.</summary>
internal static class ContextFunctions
{
    private static readonly string[] Surroundings =
        ["subscription", "resourceGroup", "requestContext", "policy", "claims"];

    /// <summary>By name.</summary>
    public static IEnumerable<KeyValuePair<string, PolicyFunction>> All { get; } =
    [
        Named("parameters", (facts, name) => facts.Parameter(name)),
        Named("field", (facts, name) => facts.FieldOfSubject(name).AsFunction()),
        PolicyFunctions.Lazy("current", 0, 1, (facts, arguments) => arguments.IsEmpty
            ? facts.Current(null)
            : arguments[0].Evaluate(facts) is PolicyValue.Unknown unknown
                ? unknown
                : facts.Current(PolicyFunctions.AsText(arguments[0].Evaluate(facts)))),
        PolicyFunctions.Lazy("utcNow", 0, 1, UtcNow),
        .. Surroundings.Select(s => PolicyFunctions.Lazy(s, 0, 0, (facts, _) => facts.Surroundings(s))),
    ];

    private static KeyValuePair<string, PolicyFunction> Named(
        string function, Func<IPolicyFacts, string, PolicyValue> apply) => PolicyFunctions.Lazy(
        function, 1, 1, (facts, arguments) => arguments[0].Evaluate(facts) switch
        {
            PolicyValue.Unknown unknown => unknown,
            PolicyValue name => apply(facts, PolicyFunctions.AsText(name)),
        });

    private static PolicyValue UtcNow(IPolicyFacts facts, ImmutableArray<PolicyExpression> arguments)
    {
        const string Standard = "yyyy-MM-ddTHH:mm:ss.fffffffZ";
        PolicyValue format = arguments.IsEmpty ? new PolicyValue.Text(Standard) : arguments[0].Evaluate(facts);
        try
        {
            return format is PolicyValue.Unknown ? format
                : facts.Now is not { } now ? new PolicyValue.Unknown("the time is known only when a rule is evaluated")
                : new PolicyValue.Text(now.UtcDateTime.ToString(
                    PolicyFunctions.AsText(format), CultureInfo.InvariantCulture));
        }
        catch (FormatException)
        {
            throw new PolicyFailure("its format is none of dates");
        }
    }
}
