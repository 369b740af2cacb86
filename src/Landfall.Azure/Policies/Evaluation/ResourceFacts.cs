using System.Collections.Immutable;
using Landfall.Azure.Policies.Aliases;
using Landfall.Azure.Policies.Language;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Policies.Evaluation;

/// <summary>What a policy may ask about a resource.</summary>
internal sealed record ResourceFacts : IPolicyFacts
{
    private static readonly ImmutableDictionary<string, PolicyValue> NoCounts =
        ImmutableDictionary.Create<string, PolicyValue>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The resource that fields are read of.</summary>
    public required SnapshotResource Resource { get; init; }

    /// <summary>The resource that the rule is for, in the condition on a related one; null elsewhere.</summary>
    public SnapshotResource? Subject { get; init; }

    /// <summary>The policy.</summary>
    public required PolicyBinding Binding { get; init; }

    /// <summary>All resources.</summary>
    public required SnapshotIndex Index { get; init; }

    /// <summary>The time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Id of the tenant; null where it is not known.</summary>
    public string? Tenant { get; init; }

    /// <inheritdoc/>
    public int Passes { get; private init; } = 1;

    private ImmutableDictionary<string, PolicyValue> Counts { get; init; } = NoCounts;

    private string? Innermost { get; init; }

    /// <inheritdoc/>
    DateTimeOffset? IPolicyFacts.Now => Now;

    private static FieldReader Reader { get; } = new(FieldCheck.Aliases);

    /// <inheritdoc/>
    public PolicyValue Parameter(string name) => new ParameterFacts(Binding.Arguments).Parameter(name);

    /// <inheritdoc/>
    public FieldValues Field(string name) => Reader.Read(Resource, name, Counts);

    /// <inheritdoc/>
    public FieldValues FieldOfSubject(string name) =>
        Subject is null || (FieldName.IsAlias(name) && !Subject.Is(FieldCheck.Aliases.TypeOf(name) ?? ""))
            ? Field(name)
            : Reader.Read(Subject, name, NoCounts);

    /// <inheritdoc/>
    public bool IsHidden(string name) =>
        FieldName.IsAlias(name) && FieldCheck.Aliases.Resolve(name, "")?.IsSensitive == true;

    /// <inheritdoc/>
    public PolicyValue Current(string? name)
    {
        string? wanted = name ?? Innermost;
        return wanted is null ? new PolicyValue.Unknown("current() stands outside of a count", IsFailure: true)
            : Counts.TryGetValue(wanted, out PolicyValue? member) ? member
            : Field(wanted) switch
            {
                { Undetermined: { } unknown } => unknown,
                { Values: [var only] } => only,
                FieldValues values => values.Whole,
            };
    }

    /// <inheritdoc/>
    public IPolicyFacts At(string name, PolicyValue member, int passes) =>
        this with { Counts = Counts.SetItem(name, member), Innermost = name, Passes = passes };

    /// <inheritdoc/>
    public PolicyValue Surroundings(string function) => function switch
    {
        "subscription" => Subscription(),
        "resourceGroup" => Group(),
        "requestContext" => Map(
            ("apiVersion", new PolicyValue.Text((Subject ?? Resource).ApiVersion)),
            ("identity", new PolicyValue.Unknown("who deploys is known only when deployed"))),
        "policy" => Map(
            ("assignmentId", new PolicyValue.Text(Binding.Assignment?.Head.Id ?? "")),
            ("definitionId", new PolicyValue.Text(Binding.Definition.Head.Id)),
            ("setDefinitionId", new PolicyValue.Text(Binding.Set?.Head.Id ?? "")),
            ("definitionReferenceId", new PolicyValue.Text(Binding.Set is null ? "" : Binding.Reference))),
        _ => new PolicyValue.Unknown($"{function}() is known only when deployed"),
    };

    private PolicyValue Subscription()
    {
        string place = PolicyScope.PlaceOf(Subject ?? Resource);
        if (ResourceId.SubscriptionOf(place) is not { } id)
        {
            return new PolicyValue.Unknown("it is not known which subscription the resource is in");
        }

        PolicyValue.Unknown unknown = new("what Azure says of the subscription is known only when deployed");
        return Map(
            ("id", new PolicyValue.Text($"/subscriptions/{id}")), ("subscriptionId", new PolicyValue.Text(id)),
            ("displayName", unknown), ("tenantId", Tenant is null ? unknown : new PolicyValue.Text(Tenant)),
            ("tags", unknown));
    }

    /// <summary>The resource group: tags and location are known where a snapshot makes it.</summary>
    private PolicyValue Group()
    {
        string place = PolicyScope.PlaceOf(Subject ?? Resource);
        if (ResourceId.SubscriptionOf(place) is not { } subscription || ResourceId.GroupOf(place) is not { } name)
        {
            return place.Length == 0
                ? new PolicyValue.Unknown("it is not known which resource group the resource is in")
                : PolicyValue.None;
        }

        string id = $"/subscriptions/{subscription}/resourceGroups/{name}";
        SnapshotResource? group = Index.Group(id);
        PolicyValue.Unknown unknown = new($"no snapshot makes the resource group {name}");
        return Map(
            ("id", new PolicyValue.Text(id)), ("name", new PolicyValue.Text(name)),
            ("location", group is null ? unknown : PolicyValue.From(group.Body.At("location"), isEvaluated: true)),
            ("tags", group is null ? unknown : PolicyValue.From(group.Body.At("tags"), isEvaluated: true)));
    }

    private static PolicyValue.Map Map(params IEnumerable<(string Name, PolicyValue Value)> members) =>
        new(PolicyValue.Map.Empty.SetItems(members.Select(m => KeyValuePair.Create(m.Name, m.Value))));
}
