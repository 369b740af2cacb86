using System.Collections.Immutable;
using System.Text.Json;
using Landfall.Azure.Policies.Language;
using Landfall.Estate.Names;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>Reads the conditions and expressions of one rule; reports what is wrong with them.</summary>
/// <param name="parameters">Names of the parameters that the definition has.</param>
/// <param name="root">Path that places in the rule are told without.</param>
internal sealed class RuleReader(IReadOnlyCollection<string> parameters, string root)
{
    private static readonly string[] Subjects = ["field", "value", "count", "source"];
    private static readonly string[] Groups = ["allOf", "anyOf", "not"];

    private readonly List<PolicyUse> _fields = [];
    private readonly List<string> _counts = [];
    private readonly Dictionary<string, int> _counted = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The fields that were read.</summary>
    public ImmutableArray<PolicyUse> Fields => [.. _fields];

    /// <summary>A condition; null after a report where it is none.</summary>
    public PolicyCondition? Condition(PolicyJson json)
    {
        if (json.Element.ValueKind != JsonValueKind.Object)
        {
            json.Error(PolicyCodes.Condition, "A condition belongs here: an object.");
            return null;
        }

        string[] keys = [.. json.Members().Select(m => m.Key)];
        string? group = keys.FirstOrDefault(k => Groups.Contains(k, StringComparer.OrdinalIgnoreCase));
        if (group is null)
        {
            return Compared(json, keys);
        }

        if (keys.Length > 1)
        {
            json.Error(
                PolicyCodes.Condition, $"{group} stands beside {keys.First(k => k != group)}.",
                $"Put both into an allOf.");
            return null;
        }

        return group.Equals("not", StringComparison.OrdinalIgnoreCase)
            ? Condition(json.At(group)) is { } part ? new PolicyCondition.Not(PathOf(json), part) : null
            : GroupOf(json.At(group), group.Equals("allOf", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What something says; null after a report where an expression in it is malformed.</summary>
    public PolicyExpression? Expression(PolicyJson json)
    {
        PolicyExpression? expression = json.Expression();
        if (expression is not null)
        {
            Check(json, expression);
        }

        return expression;
    }

    /// <summary>A field's name or alias.</summary>
    public PolicyExpression? Field(PolicyJson json)
    {
        if (json.Text() is null)
        {
            json.Error(PolicyCodes.Condition, "A field belongs here: its name or alias.");
            return null;
        }

        PolicyExpression? name = Expression(json);
        if (name is PolicyExpression.Literal { Value: PolicyValue.Text text })
        {
            _fields.Add(new(text.Value, json.Path));
        }

        return name;
    }

    private PolicyCondition.Group? GroupOf(PolicyJson json, bool isAll)
    {
        PolicyJson[] items = [.. json.Items()];
        if (items.Length == 0)
        {
            json.Error(PolicyCodes.Condition, "A list of conditions belongs here, with one or more.");
            return null;
        }

        PolicyCondition?[] parts = [.. items.Select(Condition)];
        return parts.Contains(null) ? null : new(PathOf(json), isAll, [.. parts!]);
    }

    private PolicyCondition? Compared(PolicyJson json, string[] keys)
    {
        string[] subjects = [.. keys.Where(k => Subjects.Contains(k, StringComparer.OrdinalIgnoreCase))];
        string[] operators = [.. keys.Except(subjects)];
        if (subjects is not [var subject] || operators is not [var word])
        {
            json.Error(
                PolicyCodes.Condition,
                subjects.Length == 0 ? "The condition compares nothing."
                    : subjects.Length > 1 ? $"The condition compares {subjects[0]} and {subjects[1]}."
                    : operators.Length == 0 ? "The condition has no operator."
                    : $"The condition has the operators {operators[0]} and {operators[1]}.",
                "It has a field, value or count, and one operator.");
            return null;
        }

        if (!OperatorNames.TryFind(word, out ConditionOperator how))
        {
            json.At(word).UnknownWord(PolicyCodes.Condition, word, "operator", OperatorNames.All);
            return null;
        }

        PolicyExpression? target = Expression(json.At(word));
        return target is null || !Suits(json.At(word), how, target) ? null : Of(json, subject, how, target);
    }

    private PolicyCondition? Of(PolicyJson json, string subject, ConditionOperator how, PolicyExpression target)
    {
        PolicyJson about = json.At(subject);
        switch (subject.ToUpperInvariant())
        {
            case "FIELD":
                return Field(about) is { } field ? new PolicyCondition.Field(PathOf(json), field, how, target) : null;
            case "VALUE":
                return Expression(about) is { } value
                    ? new PolicyCondition.Value(PathOf(json), Written(about), value, how, target)
                    : null;
            case "COUNT":
                return Count(json, about, how, target);
            default:
                about.Error(PolicyCodes.Condition, "Azure no longer has the subject source.", "Use the field type.");
                return null;
        }
    }

    private PolicyCondition.Count? Count(
        PolicyJson json, PolicyJson count, ConditionOperator how, PolicyExpression target)
    {
        foreach ((string key, PolicyJson value) in count.Members())
        {
            if (key.ToUpperInvariant() is not ("FIELD" or "VALUE" or "NAME" or "WHERE"))
            {
                value.UnknownWord(PolicyCodes.Condition, key, "key of a count", ["field", "value", "name", "where"]);
                return null;
            }
        }

        string? alias = count.At("field").Text();
        PolicyExpression? list = alias is null && count.At("value").IsThere ? Expression(count.At("value")) : null;
        if (alias is null && list is null)
        {
            count.Error(PolicyCodes.Condition, "The count counts nothing.", "It has a field with [*], or a value.");
            return null;
        }

        if (alias is not null && !alias.Contains("[*]", StringComparison.Ordinal))
        {
            count.At("field").Error(
                PolicyCodes.Condition, $"{alias} selects no members of a list.", "An alias with [*] does.");
            return null;
        }

        if (alias is not null)
        {
            _fields.Add(new(alias, count.At("field").Path));
        }

        int times = _counted[alias ?? ""] = _counted.GetValueOrDefault(alias ?? "") + 1;
        if (times > (alias is null ? PolicyLimits.ValueCounts : PolicyLimits.FieldCounts))
        {
            count.Error(
                PolicyCodes.Condition, $"The rule counts {alias ?? "values"} more than {times - 1} times.",
                "Azure takes no more in one rule.");
            return null;
        }

        string name = alias ?? count.At("name").Text() ?? "default";
        PolicyCondition? where = null;
        if (count.At("where").IsThere)
        {
            _counts.Add(name);
            where = Condition(count.At("where"));
            _counts.RemoveAt(_counts.Count - 1);
            if (where is null)
            {
                return null;
            }
        }

        return new(PathOf(json), alias, list, name, where, how, target);
    }

    /// <summary>Whether an operator can do something with its target.</summary>
    private static bool Suits(PolicyJson json, ConditionOperator how, PolicyExpression target)
    {
        if (target is not PolicyExpression.Literal { Value: var value })
        {
            return true;
        }

        string? wanted = how switch
        {
            ConditionOperator.In or ConditionOperator.NotIn when value is not PolicyValue.List => "a list",
            ConditionOperator.Exists when value.Scalar?.ToUpperInvariant() is not ("TRUE" or "FALSE") =>
                "true or false",
            ConditionOperator.In or ConditionOperator.NotIn or ConditionOperator.Exists
                or ConditionOperator.Equals or ConditionOperator.NotEquals => null,
            _ when value.Scalar is null => "a text or number",
            _ => null,
        };
        if (wanted is not null)
        {
            json.Error(PolicyCodes.Condition, $"{OperatorNames.Of(how)} needs {wanted}.");
        }

        return wanted is null;
    }

    /// <summary>Holds what an expression names against what there is.</summary>
    private void Check(PolicyJson json, PolicyExpression expression)
    {
        if (expression is PolicyExpression.Call call)
        {
            CheckCall(json, call);
        }

        foreach (PolicyExpression inner in expression.Inner)
        {
            Check(json, inner);
        }
    }

    private void CheckCall(PolicyJson json, PolicyExpression.Call call)
    {
        string? name = call.NamedArgument;
        switch (call.Name.ToUpperInvariant())
        {
            case "PARAMETERS" when name is not null
                && !parameters.Contains(name, StringComparer.OrdinalIgnoreCase):
                json.Error(
                    PolicyCodes.Parameter, $"The definition has no parameter {name}.", Spelling.Hint(name, parameters));
                break;
            case "FIELD" when name is not null:
                _fields.Add(new(name, json.Path));
                break;
            case "CURRENT" when _counts.Count == 0:
                json.Error(PolicyCodes.Expression, "current() stands outside of a count.");
                break;
            case "CURRENT" when name is not null && !_counts.Exists(c => IsOf(name, c)):
                json.Error(
                    PolicyCodes.Expression, $"No count around it is called {name}.", Spelling.Hint(name, _counts));
                break;
            default:
                break;
        }
    }

    /// <summary>Whether a name is that of a count, or an alias of a property of its members.</summary>
    private static bool IsOf(string name, string count) =>
        name.StartsWith(count, StringComparison.OrdinalIgnoreCase)
        && (name.Length == count.Length
            || (count.EndsWith("[*]", StringComparison.Ordinal) && name[count.Length] == '.'));

    private static string Written(PolicyJson json) =>
        json.Text() ?? PolicyValueText.Show(PolicyValue.From(json.Element, isEvaluated: false));

    private string PathOf(PolicyJson json) => json.Path.StartsWith(root, StringComparison.OrdinalIgnoreCase)
        ? json.Path[root.Length..].TrimStart('.')
        : json.Path;
}
