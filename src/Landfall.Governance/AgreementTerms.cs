using System.Collections.Immutable;

namespace Landfall.Governance;

/// <summary>What a consumer asks for.</summary>
/// <param name="Purpose">Why it needs the data.</param>
/// <param name="Columns">The columns it needs; empty for all.</param>
/// <param name="End">First instant after the permission; null without end.</param>
/// <param name="RequestedBy">Who asks.</param>
/// <param name="Number">Which request it is of the same consumer for the same table, from 1.</param>
public sealed record AgreementTerms(
    string Purpose, ImmutableArray<string> Columns, DateTimeOffset? End, string RequestedBy, int Number = 1);
