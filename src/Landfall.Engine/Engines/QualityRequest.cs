using System.Collections.Immutable;
using Landfall.Estate.Contracts;

namespace Landfall.Engine.Engines;

/// <summary>What an engine needs to evaluate quality rules. It writes nothing.</summary>
/// <param name="Table">The table as it would be after the commit.</param>
/// <param name="Rules">The rules.</param>
public sealed record QualityRequest(PinnedTable Table, ImmutableArray<QualityRule> Rules);
