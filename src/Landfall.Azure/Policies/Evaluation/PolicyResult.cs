using Landfall.Azure.Policies.Definitions;
using Landfall.Azure.Policies.Language;

namespace Landfall.Azure.Policies.Evaluation;

/// <summary>What one policy means for one resource.</summary>
/// <param name="Resource">Id of the resource.</param>
/// <param name="Assignment">Name of the assignment; empty where the definition binds everything by itself.</param>
/// <param name="Set">Name of the set; empty where the definition itself is assigned.</param>
/// <param name="Definition">Name of the definition; in a set what the set calls it.</param>
/// <param name="Title">The definition's name for people.</param>
/// <param name="Effect">Its effect; null where a parameter that is not given decides.</param>
/// <param name="Outcome">What it means.</param>
/// <param name="Message">What it means in a sentence, or what the assignment says to whom it refuses.</param>
/// <param name="Trace">How its condition was decided; null where it was not evaluated.</param>
public sealed record PolicyResult(
    string Resource,
    string Assignment,
    string Set,
    string Definition,
    string Title,
    PolicyEffect? Effect,
    PolicyOutcome Outcome,
    string Message,
    ConditionTrace? Trace)
{
    /// <summary>The effect's word; <c>unknown</c> where it is not known.</summary>
    public string EffectWord => Effect is { } effect ? EffectNames.Of(effect) : "unknown";

    /// <summary>Whether its effect, where its condition holds, can keep the resource from being deployed.</summary>
    public bool CanRefuse =>
        Effect is null or PolicyEffect.Deny or PolicyEffect.Append or PolicyEffect.Modify;

    /// <summary>The policy as people name it: the assignment, and what it assigns.</summary>
    public string Policy => Assignment.Length == 0 || (Set.Length == 0 && Assignment == Definition)
        ? Definition
        : $"{Assignment}/{Definition}";

    /// <summary>The conditions that decided, one in a line of text.</summary>
    public IEnumerable<string> Deciding =>
        (Trace?.Deciding() ?? []).Select(d => $"{d.Path}: {d.Text}, found {d.Found}");
}
