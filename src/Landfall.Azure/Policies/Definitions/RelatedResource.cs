using Landfall.Azure.Policies.Language;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>A resource that must be there beside another one.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name with those of its parents; <c>?</c> as the last part for any; null for any.</param>
/// <param name="Group">Its resource group; null for that of the other one.</param>
/// <param name="IsAnywhere">Whether it may be anywhere in the subscription.</param>
/// <param name="Condition">What must hold for it; null where it is enough that it is there.</param>
internal sealed record RelatedResource(
    string Type, PolicyExpression? Name, PolicyExpression? Group, bool IsAnywhere, PolicyCondition? Condition);
