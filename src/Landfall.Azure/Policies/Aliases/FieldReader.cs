using System.Collections.Immutable;
using System.Text.Json;
using Landfall.Azure.Policies.Language;
using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Policies.Aliases;

/// <summary>Reads fields of resources.</summary>
/// <param name="aliases">Finds where aliases lead.</param>
internal sealed class FieldReader(AliasResolver aliases)
{
    /// <summary>What a field of a resource holds.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="field">The field's name or alias.</param>
    /// <param name="counts">The members that counts are at, by the alias of their list.</param>
    public FieldValues Read(
        SnapshotResource resource, string field, ImmutableDictionary<string, PolicyValue> counts)
    {
        if (!FieldName.IsAlias(field))
        {
            return FieldValues.One(Plain(resource, field));
        }

        bool isCollection = field.Contains("[*]", StringComparison.Ordinal);
        if (aliases.TypeOf(field) is not { } type || !resource.Is(type))
        {
            return isCollection ? new([], true) : FieldValues.One(PolicyValue.None);
        }

        if (aliases.Resolve(field, resource.ApiVersion) is not { } path)
        {
            PolicyValue.Unknown unknown = new($"nothing has the alias {field}", IsFailure: true);
            return isCollection ? new([], true, unknown) : FieldValues.One(unknown);
        }

        return Counted(resource, field, path, counts) is { } counted
            ? Follow(counted.Member, path.Steps[counted.Skipped..], isCollection: true)
            : Follow(PolicyValue.From(Start(resource, path.Steps), isEvaluated: true), path.Steps[1..], isCollection);
    }

    /// <summary>The member of the list that the alias goes through, where a count is at one.</summary>
    private (PolicyValue Member, int Skipped)? Counted(
        SnapshotResource resource, string field, AliasPath path, ImmutableDictionary<string, PolicyValue> counts)
    {
        string? list = counts.Keys
            .Where(k => field.StartsWith(k, StringComparison.OrdinalIgnoreCase)
                && (field.Length == k.Length || field[k.Length] is '.' or '['))
            .OrderByDescending(k => k.Length).FirstOrDefault();
        return list is not null && aliases.Resolve(list, resource.ApiVersion) is { } counted
            && counted.Steps.Length <= path.Steps.Length
            ? (counts[list], counted.Steps.Length)
            : null;
    }

    private static JsonElement Start(SnapshotResource resource, ImmutableArray<AliasStep> steps) =>
        resource.Body.At(steps[0].Property!);

    /// <summary>Follows the rest of a way; a list whose alias has no <c>[*]</c> still counts as its members.</summary>
    private static FieldValues Follow(PolicyValue start, ImmutableArray<AliasStep> steps, bool isCollection)
    {
        List<PolicyValue> at = [start];
        foreach (AliasStep step in steps)
        {
            List<PolicyValue> next = [];
            foreach (PolicyValue value in at)
            {
                switch (value)
                {
                    case PolicyValue.Unknown unknown when step.Property is null:
                        return new([], true, unknown);
                    case PolicyValue.Unknown:
                        next.Add(value);
                        break;
                    case PolicyValue.Map map when step.Property is { } name:
                        next.Add(map.Members.GetValueOrDefault(name, PolicyValue.None));
                        break;
                    case PolicyValue.Map map:
                        // Values by any name count as the members of a list do.
                        next.AddRange(map.Members.Values);
                        break;
                    case PolicyValue.List list when step.Property is null:
                        next.AddRange(list.Items);
                        break;
                    default:
                        if (step.Property is not null)
                        {
                            next.Add(PolicyValue.None);
                        }

                        break;
                }
            }

            at = next;
        }

        return isCollection || at.Count != 1 ? new([.. at], true) : FieldValues.One(at[0]);
    }

    private static PolicyValue Plain(SnapshotResource resource, string field)
    {
        if (FieldName.Parse(field) is not { } path)
        {
            return new PolicyValue.Unknown($"there is no field {field}", IsFailure: true);
        }

        switch (path[0].ToUpperInvariant())
        {
            case "TYPE":
                return new PolicyValue.Text(ResourceTypeNames.OfPolicy(resource.Type));
            case "FULLNAME":
                return Known(resource.Name);
            case "NAME":
                return JsonText.IsExpression(resource.Name) ? Known(resource.Name) : Known(resource.OwnName);
            case "ID":
                return Known(resource.Id);
            case "LOCATION":
                PolicyValue location = PolicyValue.From(resource.Body.At("location"), isEvaluated: true);
                return location is PolicyValue.Text text
                    ? new PolicyValue.Text(RegionName.WithoutBlanks(text.Value))
                    : location;
            default:
                PolicyValue start = PolicyValue.From(resource.Body.At(path[0]), isEvaluated: true);
                FieldValues values = Follow(start, [.. path[1..].Select(p => new AliasStep(p))], isCollection: false);
                return values.Values[0];
        }
    }

    private static PolicyValue Known(string text) => JsonText.IsExpression(text)
        ? new PolicyValue.Unknown($"{text} is known only when deployed")
        : new PolicyValue.Text(text);
}
