using System.Collections.Immutable;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>A scope that an assignment does not bind for a time. Immutable.</summary>
internal sealed record PolicyExemption
{
    /// <summary>Its place, name and id.</summary>
    public required PolicyHead Head { get; init; }

    /// <summary>Id of the assignment.</summary>
    public required string AssignmentId { get; init; }

    /// <summary>Which definitions of its set are meant; all where it names none.</summary>
    public required ImmutableArray<string> References { get; init; }

    /// <summary><c>Waiver</c> or <c>Mitigated</c>.</summary>
    public required string Category { get; init; }

    /// <summary>Why; empty where it does not say.</summary>
    public required string Reason { get; init; }

    /// <summary>When it ends; null where it does not, or where its end is no date.</summary>
    public required DateTimeOffset? Ends { get; init; }

    /// <summary>Whether it says when it ends.</summary>
    public required bool HasEnd { get; init; }

    /// <summary>Whether it exempts at a time.</summary>
    public bool IsLive(DateTimeOffset now) => !HasEnd || Ends > now;

    /// <summary>Which resources it is for; all where it says nothing.</summary>
    public required ImmutableArray<PolicySelector> Selectors { get; init; }
}
