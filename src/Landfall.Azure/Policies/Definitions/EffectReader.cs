using System.Collections.Immutable;
using System.Text.Json;
using Landfall.Azure.Policies.Language;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>Reads what a rule does: its effect and the details of it.</summary>
/// <param name="rule">Reads conditions and expressions of the rule.</param>
internal sealed class EffectReader(RuleReader rule)
{
    /// <summary>The effect; null after a report where it is none.</summary>
    public PolicyExpression? Effect(PolicyJson json, ImmutableArray<PolicyParameter> parameters)
    {
        if (json.Text() is null)
        {
            json.Error(
                PolicyCodes.Effect, "The rule has no effect.", $"Effects: {string.Join(", ", EffectNames.All)}.");
            return null;
        }

        PolicyExpression? effect = rule.Expression(json);
        IEnumerable<PolicyValue> words = effect switch
        {
            PolicyExpression.Literal literal => [literal.Value],
            PolicyExpression.Call { Arguments: [PolicyExpression.Literal { Value: PolicyValue.Text name }] } =>
                parameters.Where(p => p.Name.Equals(name.Value, StringComparison.OrdinalIgnoreCase))
                    .SelectMany(p => p.Allowed.Append(p.Default)).OfType<PolicyValue>(),
            _ => [],
        };
        foreach (string word in words.Select(w => w.Scalar).OfType<string>().Distinct())
        {
            if (!EffectNames.TryFind(word, out _))
            {
                json.UnknownWord(PolicyCodes.Effect, word, "effect", EffectNames.All);
            }
        }

        return effect;
    }

    /// <summary>The details, by their shape: effects that are a parameter have details for several.</summary>
    public EffectDetails Details(PolicyJson json)
    {
        bool isList = json.Element.ValueKind == JsonValueKind.Array;
        if (!isList && json.Element.ValueKind != JsonValueKind.Object)
        {
            return EffectDetails.None;
        }

        FieldOperation?[] operations = isList
            ? [.. json.Items().Select(Appended)]
            : [.. json.At("operations").Items().Select(Operation)];
        bool hasRelated = !isList && json.At("type").IsThere;
        RelatedResource? related = hasRelated ? Related(json) : null;
        return new()
        {
            IsWhole = !operations.Contains(null) && hasRelated == related is not null,
            Operations = [.. operations.OfType<FieldOperation>()],
            Related = related,
            Roles = isList ? [] : [.. json.At("roleDefinitionIds").Texts()],
        };
    }

    private FieldOperation? Appended(PolicyJson json) =>
        rule.Field(json.At("field")) is { } field && rule.Expression(json.At("value")) is { } value
            ? new(FieldChange.Append, field, value, null)
            : null;

    private FieldOperation? Operation(PolicyJson json)
    {
        string word = json.At("operation").Text() ?? "";
        if (!Enum.TryParse(word, ignoreCase: true, out FieldChange kind) || kind == FieldChange.Append)
        {
            json.At("operation").UnknownWord(PolicyCodes.Effect, word, "operation", ["add", "addOrReplace", "remove"]);
            return null;
        }

        PolicyExpression? field = rule.Field(json.At("field"));
        PolicyExpression? value = kind == FieldChange.Remove ? null : rule.Expression(json.At("value"));
        PolicyExpression? condition =
            json.At("condition").IsThere ? rule.Expression(json.At("condition")) : null;
        bool isWhole = kind == FieldChange.Remove == value is null
            && json.At("condition").IsThere == condition is not null;
        return field is null || !isWhole ? null : new(kind, field, value, condition);
    }

    private RelatedResource? Related(PolicyJson json)
    {
        PolicyJson written = json.At("existenceCondition");
        bool hasCondition = written.IsThere
            && (written.Element.ValueKind != JsonValueKind.Object || written.Members().Any());
        PolicyCondition? condition = hasCondition ? rule.Condition(written) : null;
        string scope = json.At("existenceScope").Text() ?? "resourceGroup";
        bool isAnywhere = scope.Equals("subscription", StringComparison.OrdinalIgnoreCase);
        if (!isAnywhere && !scope.Equals("resourceGroup", StringComparison.OrdinalIgnoreCase))
        {
            json.At("existenceScope").UnknownWord(
                PolicyCodes.Effect, scope, "existenceScope", ["subscription", "resourceGroup"]);
        }

        PolicyExpression? name = json.At("name").IsThere ? rule.Expression(json.At("name")) : null;
        PolicyExpression? group =
            json.At("resourceGroupName").IsThere ? rule.Expression(json.At("resourceGroupName")) : null;
        bool isWhole = json.At("name").IsThere == name is not null
            && json.At("resourceGroupName").IsThere == group is not null && hasCondition == condition is not null;
        return isWhole && json.At("type").Text() is { } type ? new(type, name, group, isAnywhere, condition) : null;
    }
}
