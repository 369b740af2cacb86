using System.Collections.Immutable;

namespace Landfall.Azure.Policies.Language;

/// <summary>How a condition was decided. Immutable.</summary>
/// <param name="Path">Where it stands in its definition, for example <c>if.allOf[1]</c>.</param>
/// <param name="Text">What it says, with the target that was computed.</param>
/// <param name="Result">Whether it holds.</param>
/// <param name="Found">What was compared, as JSON or in words; empty for groups.</param>
/// <param name="Parts">The conditions in it.</param>
public sealed record ConditionTrace(
    string Path, string Text, Truth Result, string Found, ImmutableArray<ConditionTrace> Parts)
{
    /// <summary>
    /// The conditions that decided: of a group that does not hold, the first that makes it so; of one that holds, all
    /// that make it so; of an unknown one, those that are unknown.
    /// </summary>
    public IEnumerable<ConditionTrace> Deciding()
    {
        if (Parts.IsEmpty)
        {
            return [this];
        }

        if (Parts is [var only])
        {
            return only.Deciding();
        }

        bool isAll = Text == "all of";
        ConditionTrace[] alike = [.. Parts.Where(p => p.Result == Result)];
        // One is enough to break an "all of" or to fulfil an "any of".
        bool isOneEnough = Result == (isAll ? Truth.False : Truth.True);
        return isOneEnough ? alike[0].Deciding() : alike.SelectMany(p => p.Deciding());
    }
}
