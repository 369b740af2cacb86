using System.Collections.Immutable;
using Landfall.Engine.Steps;

namespace Landfall.Engine.Running;

/// <summary>What to run.</summary>
/// <param name="Steps">The selected steps, each after those it depends on.</param>
/// <param name="FullRefresh">Whether selected products are built whole and enriched tables derived from raw
/// anew.</param>
/// <param name="VerifiesSources">Whether landed files are compared by content, not by size and time.</param>
/// <param name="RetriesFailed">Whether batches that failed are read again though nothing has changed.</param>
public sealed record RunRequest(
    ImmutableArray<StepNode> Steps, bool FullRefresh, bool VerifiesSources = false, bool RetriesFailed = false);
