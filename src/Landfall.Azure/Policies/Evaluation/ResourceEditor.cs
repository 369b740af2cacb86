using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Azure.Policies.Aliases;
using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Language;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Policies.Evaluation;

/// <summary>Applies <c>append</c> and <c>modify</c> to a resource.</summary>
/// <param name="facts">What the policy knows of the resource.</param>
internal sealed class ResourceEditor(ResourceFacts facts)
{
    private readonly JsonNode _body = JsonNode.Parse(facts.Resource.Body.GetRawText())!;
    private readonly List<ResourceChange> _changes = [];
    private PolicyValue.Unknown? _unknown;

    /// <summary>What was changed.</summary>
    public IReadOnlyList<ResourceChange> Changes => _changes;

    /// <summary>The resource after the changes.</summary>
    public SnapshotResource Resource() =>
        facts.Resource with { Body = JsonSerializer.SerializeToElement(_body) };

    /// <summary>Applies an operation; null where it is done, else what is not known.</summary>
    public PolicyValue.Unknown? Apply(FieldOperation operation)
    {
        PolicyValue condition = operation.Condition?.Evaluate(facts) ?? new PolicyValue.Flag(true);
        PolicyValue name = operation.Field.Evaluate(facts);
        PolicyValue value = operation.Value?.Evaluate(facts) ?? PolicyValue.None;
        if ((condition as PolicyValue.Unknown ?? name as PolicyValue.Unknown ?? value.FirstUnknown) is { } unknown)
        {
            return unknown;
        }

        if (condition.Scalar != "true" || name.Scalar is not { } field)
        {
            return null;
        }

        if (Steps(field) is not { } steps)
        {
            return new($"nothing has the field {field}", IsFailure: true);
        }

        Change(_body, steps, field, operation.Kind, PolicyValueText.ToJson(value));
        return _unknown;
    }

    private ImmutableArray<AliasStep>? Steps(string field) => !FieldName.IsAlias(field)
        ? FieldName.Parse(field) is { } path ? [.. path.Select(p => new AliasStep(p))] : null
        : FieldCheck.Aliases.TypeOf(field) is { } type && facts.Resource.Is(type)
            ? FieldCheck.Aliases.Resolve(field, facts.Resource.ApiVersion)?.Steps
            : null;

    private void Change(
        JsonNode at, ImmutableArray<AliasStep> steps, string field, FieldChange kind, JsonNode? value)
    {
        (string name, ImmutableArray<AliasStep> rest) = (steps[0].Property!, steps[1..]);
        JsonObject parent = at.AsObject();
        string key = parent.Select(p => p.Key)
            .FirstOrDefault(k => k.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;
        if (IsUnknown(parent[key]) && !(rest.IsEmpty && kind != FieldChange.Append)
            && !(rest.Length == 1 && rest[0].Property is null && kind == FieldChange.AddOrReplace))
        {
            _unknown = new($"what {field} changes is known only when deployed");
        }
        else if (rest.IsEmpty)
        {
            Set(parent, key, field, kind, value);
        }
        else if (rest[0].Property is not null)
        {
            JsonNode? below = parent[key];
            if (below is null && kind != FieldChange.Remove)
            {
                int before = _changes.Count;
                below = new JsonObject();
                Change(below, rest, field, kind, value);
                if (_changes.Count > before)
                {
                    parent[key] = below;
                }
            }
            else if (below is JsonObject)
            {
                Change(below, rest, field, kind, value);
            }
        }
        else if (rest.Length == 1)
        {
            AddItem(parent, key, field, kind, value);
        }
        else
        {
            foreach (JsonObject item in (parent[key] as JsonArray ?? []).OfType<JsonObject>())
            {
                Change(item, rest[1..], field, kind, value?.DeepClone());
            }
        }
    }

    private void Set(JsonObject parent, string key, string field, FieldChange kind, JsonNode? value)
    {
        JsonNode? before = parent[key];
        if (kind == FieldChange.Remove)
        {
            if (parent.Remove(key))
            {
                _changes.Add(new(field, $"{field} is removed", false));
            }
        }
        else if (before is null || kind == FieldChange.AddOrReplace)
        {
            if (!Same(before, value))
            {
                parent[key] = value?.DeepClone();
                _changes.Add(new(field, $"{field} becomes {value?.ToJsonString() ?? "null"}", false));
            }
        }
        else if (kind == FieldChange.Append && !Same(before, value))
        {
            _changes.Add(new(field, $"{field} has another value than the policy appends", true));
        }
    }

    private void AddItem(JsonObject parent, string key, string field, FieldChange kind, JsonNode? value)
    {
        JsonArray list = parent[key] as JsonArray ?? [];
        JsonArray after = kind == FieldChange.AddOrReplace ? [] : (JsonArray)list.DeepClone();
        if (kind == FieldChange.Remove || after.Any(i => Same(i, value)))
        {
            return;
        }

        after.Add(value?.DeepClone());
        if (!Same(list, after))
        {
            parent[key] = after;
            _changes.Add(new(field, $"{field} gets {value?.ToJsonString() ?? "null"}", false));
        }
    }

    private static bool IsUnknown(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) && JsonText.IsExpression(text);

    private static bool Same(JsonNode? a, JsonNode? b) =>
        Comparison.Same(ValueOf(a), ValueOf(b)) == Truth.True;

    private static PolicyValue ValueOf(JsonNode? node) => node is null
        ? PolicyValue.None
        : PolicyValue.From(JsonSerializer.SerializeToElement(node), isEvaluated: false);
}
