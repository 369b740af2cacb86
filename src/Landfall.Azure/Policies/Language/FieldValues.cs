using System.Collections.Immutable;

namespace Landfall.Azure.Policies.Language;

/// <summary>What a field of a resource holds.</summary>
/// <param name="Values">Its values: one, or those of all members that an alias with <c>[*]</c> selects.</param>
/// <param name="IsCollection">Whether the alias selects members.</param>
/// <param name="Undetermined">Why it is not known which members there are; null where it is.</param>
internal readonly record struct FieldValues(
    ImmutableArray<PolicyValue> Values, bool IsCollection, PolicyValue.Unknown? Undetermined = null)
{
    /// <summary>A field of one value.</summary>
    public static FieldValues One(PolicyValue value) => new([value], IsCollection: false);

    /// <summary>As one value: a list of members, or what it holds.</summary>
    public PolicyValue Whole => Undetermined ?? (IsCollection ? new PolicyValue.List(Values) : Values[0]);

    /// <summary>As the function <c>field</c> gives it: an empty text where there is nothing.</summary>
    public PolicyValue AsFunction() => Whole is PolicyValue.Nothing ? new PolicyValue.Text("") : Whole;
}
