using System.Collections.Immutable;

namespace Landfall.Engine.Planning;

/// <summary>What a run would do now. Making it changes nothing.</summary>
/// <param name="Steps">The selected steps, each after those it depends on.</param>
/// <param name="Orphans">Folders of the lake that no file of the estate declares any more, relative to the
/// lake.</param>
public sealed record Plan(ImmutableArray<PlannedStep> Steps, ImmutableArray<string> Orphans)
{
    /// <summary>How many steps would run.</summary>
    public int WillRun => Steps.Count(s => s.WillRun);
}
