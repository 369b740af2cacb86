using System.Collections.Immutable;

namespace Landfall.Azure.Policies.Aliases;

/// <summary>Where an alias leads in a resource. Immutable.</summary>
/// <param name="Type">The resource type that has it.</param>
/// <param name="Steps">The way into the resource.</param>
/// <param name="IsSensitive">Whether nobody should see the value.</param>
internal sealed record AliasPath(string Type, ImmutableArray<AliasStep> Steps, bool IsSensitive)
{
    /// <summary>The way as people write it, for example <c>properties.networkAcls.ipRules[*].value</c>.</summary>
    public override string ToString() =>
        string.Concat(Steps.Select(s => s.Property is null ? "[*]" : $".{s.Property}")).TrimStart('.');
}
