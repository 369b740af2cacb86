using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Policies.Language;

/// <summary>A value while a policy is evaluated. Immutable.</summary>
internal abstract record PolicyValue
{
    private PolicyValue()
    {
    }

    /// <summary>What is not there, or null.</summary>
    public static PolicyValue None { get; } = new Nothing();

    /// <summary>An empty list.</summary>
    public static PolicyValue NoItems { get; } = new List([]);

    /// <summary>A value of JSON.</summary>
    /// <param name="element">The JSON; undefined is null.</param>
    /// <param name="isEvaluated">
    /// Whether the compiler evaluated it, so that a text which still is an expression is unknown.
    /// </param>
    public static PolicyValue From(JsonElement element, bool isEvaluated) => element.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => new Flag(element.GetBoolean()),
        JsonValueKind.Number => OfNumber(element),
        JsonValueKind.String => OfText(element.GetString()!, isEvaluated),
        JsonValueKind.Array => new List([.. element.EnumerateArray().Select(e => From(e, isEvaluated))]),
        JsonValueKind.Object => new Map(element.EnumerateObject()
            .Aggregate(
                Map.Empty.ToBuilder(),
                (map, p) =>
                {
                    map[p.Name] = From(p.Value, isEvaluated);
                    return map;
                })
            .ToImmutable()),
        _ => None,
    };

    /// <summary>The text of a text, number or flag, as conditions compare it; null for others.</summary>
    public string? Scalar => this switch
    {
        Text text => text.Value,
        Flag flag => flag.Value ? "true" : "false",
        Number number => number.Value.ToString("G29", CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>An unknown value in it, at any depth; null where all is known.</summary>
    public Unknown? FirstUnknown => this switch
    {
        Unknown unknown => unknown,
        List list => list.Items.Select(i => i.FirstUnknown).FirstOrDefault(u => u is not null),
        Map map => map.Members.Values.Select(v => v.FirstUnknown).FirstOrDefault(u => u is not null),
        _ => null,
    };

    private static PolicyValue OfNumber(JsonElement element) => element.TryGetDecimal(out decimal number)
        ? new Number(number)
        : new Text(element.GetRawText());

    private static PolicyValue OfText(string text, bool isEvaluated) =>
        isEvaluated && JsonText.IsExpression(text)
            ? new Unknown($"{text} is known only when deployed")
            : new Text(text);

    /// <summary>Nothing.</summary>
    internal sealed record Nothing : PolicyValue;

    /// <summary>True or false.</summary>
    internal sealed record Flag(bool Value) : PolicyValue;

    /// <summary>A number.</summary>
    internal sealed record Number(decimal Value) : PolicyValue;

    /// <summary>A text.</summary>
    internal sealed record Text(string Value) : PolicyValue;

    /// <summary>A list.</summary>
    internal sealed record List(ImmutableArray<PolicyValue> Items) : PolicyValue;

    /// <summary>Values by name, whatever the case of the name.</summary>
    internal sealed record Map(ImmutableDictionary<string, PolicyValue> Members) : PolicyValue
    {
        /// <summary>No values.</summary>
        public static ImmutableDictionary<string, PolicyValue> Empty { get; } =
            ImmutableDictionary.Create<string, PolicyValue>(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A value that is not known.</summary>
    /// <param name="Why">Why not, without a full stop.</param>
    /// <param name="IsFailure">Whether Azure would fail to evaluate it, and refuse the resource.</param>
    internal sealed record Unknown(string Why, bool IsFailure = false) : PolicyValue;
}
