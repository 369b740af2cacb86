using System.Collections.Immutable;
using System.Text.Json;
using Landfall.Azure.Policies.Language;

namespace Landfall.Azure.Tests.Policies;

/// <summary>Knows parameters and fields that a test gives; what it is not given is nothing.</summary>
internal sealed record TestFacts : IPolicyFacts
{
    public static PolicyValue.Unknown Later { get; } = new("later");

    public DateTimeOffset? Now { get; init; } = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    public ImmutableDictionary<string, PolicyValue> Parameters { get; init; } =
        ImmutableDictionary<string, PolicyValue>.Empty.Add("p", new PolicyValue.Text("value")).Add("u", Later)
            .Add("list", new PolicyValue.List([Later, new PolicyValue.Text("a")]));

    public ImmutableDictionary<string, PolicyValue> Fields { get; init; } =
        ImmutableDictionary<string, PolicyValue>.Empty.Add("name", new PolicyValue.Text("n"));

    public int Passes { get; private init; } = 1;

    private ImmutableDictionary<string, PolicyValue> Counts { get; init; } =
        ImmutableDictionary<string, PolicyValue>.Empty;

    /// <summary>A value of JSON; <c>?</c> is the unknown one.</summary>
    public static PolicyValue Value(string json) =>
        json == "?" ? Later : PolicyValue.From(JsonSerializer.Deserialize<JsonElement>(json), isEvaluated: true);

    public PolicyValue Parameter(string name) => Parameters.GetValueOrDefault(name, PolicyValue.None);

    public FieldValues Field(string name) => FieldValues.One(Fields.GetValueOrDefault(name, PolicyValue.None));

    public FieldValues FieldOfSubject(string name) => Field(name);

    public bool IsHidden(string name) => false;

    public PolicyValue Current(string? name) => Counts.GetValueOrDefault(name ?? "item", PolicyValue.None);

    public PolicyValue Surroundings(string function) =>
        Value($$"""{"function": "{{function}}", "tags": {"a.b": "c"}, "id": "[reference('x')]"}""");

    public IPolicyFacts At(string name, PolicyValue member, int passes) =>
        this with { Counts = Counts.SetItem(name, member), Passes = passes };
}
