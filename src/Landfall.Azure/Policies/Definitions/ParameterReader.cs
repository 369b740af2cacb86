using System.Collections.Immutable;
using System.Text.Json;
using Landfall.Azure.Policies.Language;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>Reads parameters and the values that are given for them.</summary>
internal static class ParameterReader
{
    /// <summary>The parameters of a definition or set.</summary>
    public static ImmutableArray<PolicyParameter> Declared(PolicyJson json) =>
        [.. json.Members().Select(m => Of(m.Key, m.Value)).OfType<PolicyParameter>()];

    /// <summary>The values that an assignment or a set gives.</summary>
    /// <param name="json">The values by name.</param>
    /// <param name="rule">Reads expressions; null where there may be none with parameters.</param>
    public static ImmutableDictionary<string, PolicyExpression> Given(PolicyJson json, RuleReader? rule)
    {
        ImmutableDictionary<string, PolicyExpression>.Builder given =
            ImmutableDictionary.CreateBuilder<string, PolicyExpression>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, PolicyJson member) in json.Members())
        {
            PolicyJson value = member.At("value");
            if (value.Element.ValueKind == JsonValueKind.Undefined)
            {
                member.Error(PolicyCodes.Parameter, $"The parameter {name} has no value.", "Write { \"value\": … }.");
            }
            else if ((rule is null ? value.Expression() : rule.Expression(value)) is { } expression)
            {
                given[name] = expression;
            }
        }

        return given.ToImmutable();
    }

    private static PolicyParameter? Of(string name, PolicyJson json)
    {
        string? word = json.At("type").Text();
        string? type = PolicyParameter.Types.FirstOrDefault(
            t => t.Equals(word, StringComparison.OrdinalIgnoreCase));
        if (type is null)
        {
            if (word is null)
            {
                json.Error(PolicyCodes.Parameter, $"The parameter {name} has no type.");
            }
            else
            {
                json.At("type").UnknownWord(
                    PolicyCodes.Parameter, word, "type of parameters", PolicyParameter.Types[..^1]);
            }

            return null;
        }

        PolicyParameter parameter = new(
            name, type, Plain(json.At("defaultValue")),
            [.. json.At("allowedValues").Items().Select(Plain).OfType<PolicyValue>()]);
        if (parameter.Default is { } standard && parameter.Refuses(standard) is { } problem)
        {
            json.At("defaultValue").Error(PolicyCodes.Parameter, problem);
        }

        return parameter;
    }

    private static PolicyValue? Plain(PolicyJson json) => json.Element.ValueKind == JsonValueKind.Undefined
        ? null
        : json.Expression()?.Evaluate(NoFacts.Only);
}
