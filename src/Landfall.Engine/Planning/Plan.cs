using System.Collections.Immutable;
using Landfall.Engine.Evolution;

namespace Landfall.Engine.Planning;

/// <summary>What a run would do now. Making it changes nothing.</summary>
/// <param name="Steps">The selected steps, each after those it depends on.</param>
/// <param name="Orphans">Folders of the lake that no file of the estate declares any more, relative to the
/// lake.</param>
/// <param name="Contracts">Changes of contracts that the run would bring to the lake.</param>
public sealed record Plan(
    ImmutableArray<PlannedStep> Steps, ImmutableArray<string> Orphans, ImmutableArray<PlannedContract> Contracts)
{
    /// <summary>How many steps would run.</summary>
    public int WillRun => Steps.Count(s => s.WillRun);
}
