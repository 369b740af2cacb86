using System.Collections.Immutable;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>What effects of a definition do. Immutable; what an effect does not use is empty.</summary>
internal sealed record EffectDetails
{
    /// <summary>No details.</summary>
    public static EffectDetails None { get; } = new();

    /// <summary>Whether all of it could be read: what is wrong has been reported.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>What <c>append</c> and <c>modify</c> change.</summary>
    public ImmutableArray<FieldOperation> Operations { get; init; } = [];

    /// <summary>The resource that <c>auditIfNotExists</c> and <c>deployIfNotExists</c> look for.</summary>
    public RelatedResource? Related { get; init; }

    /// <summary>Ids of the roles that <c>modify</c> and <c>deployIfNotExists</c> need.</summary>
    public ImmutableArray<string> Roles { get; init; } = [];
}
