using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Landfall.Azure.Policies.Language;

/// <summary>
/// The functions of the expressions of policies, whatever the case of their names. Source: functions of templates of
/// Azure Resource Manager, and the ones that only policies have.
/// </summary>
internal static class PolicyFunctions
{
    /// <summary>Functions of templates that policies may not call.</summary>
    public static FrozenSet<string> Elsewhere { get; } = FrozenSet.ToFrozenSet(
        [
            "copyIndex", "dateTimeAdd", "dateTimeFromEpoch", "dateTimeToEpoch", "deployer", "deployment", "environment",
            "extensionResourceId", "filter", "lambda", "listAccountSas", "listKeys", "listSecrets",
            "managementGroup", "managementGroupResourceId", "map", "mapValues", "newGuid", "pickZones", "providers",
            "reduce", "reference", "references", "resourceId", "sort", "subscriptionResourceId", "tenant",
            "tenantResourceId", "toLogicalZone", "toObject", "variables",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The functions by name.</summary>
    public static FrozenDictionary<string, PolicyFunction> All { get; } =
        ContextFunctions.All.Concat(LogicFunctions.All).Concat(CollectionFunctions.All).Concat(TextFunctions.All)
            .Concat(NumberFunctions.All).Concat(NetworkFunctions.All)
            .ToFrozenDictionary(f => f.Key, f => f.Value, StringComparer.OrdinalIgnoreCase);

    /// <summary>A function that needs all of its arguments, and is unknown where one of them is.</summary>
    public static KeyValuePair<string, PolicyFunction> Strict(
        string name, int least, int most, Func<ImmutableArray<PolicyValue>, PolicyValue> apply) =>
        new(name, new(least, most, (facts, arguments) =>
        {
            ImmutableArray<PolicyValue> values = [.. arguments.Select(a => a.Evaluate(facts))];
            return values.FirstOrDefault(v => v is PolicyValue.Unknown) ?? apply(values);
        }));

    /// <summary>The same that has no use for a value with an unknown one in it.</summary>
    public static KeyValuePair<string, PolicyFunction> Deep(
        string name, int least, int most, Func<ImmutableArray<PolicyValue>, PolicyValue> apply) => Strict(
        name, least, most, values => values.Select(v => v.FirstUnknown).FirstOrDefault(u => u is not null)
            ?? apply(values));

    /// <summary>A function that evaluates its arguments itself.</summary>
    public static KeyValuePair<string, PolicyFunction> Lazy(
        string name, int least, int most, Func<IPolicyFacts, ImmutableArray<PolicyExpression>, PolicyValue> apply) =>
        new(name, new(least, most, apply));

    /// <summary>A truth as a value.</summary>
    public static PolicyValue Value(this Truth truth) => truth == Truth.Unknown
        ? new PolicyValue.Unknown("it depends on a value that is known only when deployed")
        : new PolicyValue.Flag(truth == Truth.True);

    /// <summary>An argument that must be a text.</summary>
    public static string AsText(PolicyValue value) =>
        value is PolicyValue.Text text ? text.Value : throw Wrong(value, "a text");

    /// <summary>An argument that must be a text, number or flag, as a text.</summary>
    public static string Written(PolicyValue value) => value is PolicyValue.Flag flag
        ? flag.Value.ToString()
        : value.Scalar ?? throw Wrong(value, "a text");

    /// <summary>An argument as a text, whatever it is: lists and objects as JSON.</summary>
    public static string AsJson(PolicyValue value) =>
        value is PolicyValue.List or PolicyValue.Map ? PolicyValueText.ToJson(value)!.ToJsonString() : Written(value);

    /// <summary>What a text of JSON says.</summary>
    public static PolicyValue Parsed(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return PolicyValue.From(document.RootElement, isEvaluated: false);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Half of a character of two is found only when the text is read.
            throw new PolicyFailure("its text is no JSON");
        }
    }

    /// <summary>An argument that must be a whole number.</summary>
    public static int AsInteger(PolicyValue value) =>
        value is PolicyValue.Number number && number.Value == decimal.Truncate(number.Value)
            && Math.Abs(number.Value) <= int.MaxValue
            ? (int)number.Value
            : throw Wrong(value, "a whole number");

    /// <summary>An argument that must be a number.</summary>
    public static decimal AsNumber(PolicyValue value) =>
        value is PolicyValue.Number number ? number.Value : throw Wrong(value, "a number");

    /// <summary>An argument that must be true or false.</summary>
    public static bool AsFlag(PolicyValue value) =>
        value is PolicyValue.Flag flag ? flag.Value : throw Wrong(value, "true or false");

    /// <summary>An argument that must be a list.</summary>
    public static ImmutableArray<PolicyValue> AsList(PolicyValue value) =>
        value is PolicyValue.List list ? list.Items : throw Wrong(value, "a list");

    /// <summary>What an argument of the wrong kind is.</summary>
    public static PolicyFailure Wrong(PolicyValue value, string wanted) =>
        new($"it is given {Kind(value)} where {wanted} belongs");

    private static string Kind(PolicyValue value) => value switch
    {
        PolicyValue.Nothing => "nothing",
        PolicyValue.Flag => "true or false",
        PolicyValue.Number => "a number",
        PolicyValue.Text => "a text",
        PolicyValue.List => "a list",
        _ => "an object",
    };
}
