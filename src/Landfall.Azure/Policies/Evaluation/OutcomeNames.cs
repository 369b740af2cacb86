using System.Text.Json;

namespace Landfall.Azure.Policies.Evaluation;

/// <summary>The words for outcomes.</summary>
public static class OutcomeNames
{
    /// <summary>All words.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<PolicyOutcome>().Select(Of)];

    /// <summary>The word of an outcome, for example <c>notApplicable</c>.</summary>
    public static string Of(PolicyOutcome outcome) => JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString());
}
