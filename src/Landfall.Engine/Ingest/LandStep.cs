using Landfall.Engine.Steps;
using Landfall.Estate;

namespace Landfall.Engine.Ingest;

/// <summary>Lands what is new in an integration's source: to raw, batch by batch, as its kind does it.</summary>
/// <param name="kinds">The kinds of sources that there are.</param>
public sealed class LandStep(IReadOnlyCollection<ISourceKind> kinds) : IStep
{
    /// <inheritdoc/>
    public Task<StepOutcome> ExecuteAsync(IStepHost host, CancellationToken cancellationToken) =>
        KindOf(kinds, host.Node).LandAsync(host, cancellationToken);

    /// <summary>The kind of a step's source; one that is not there is refused.</summary>
    /// <exception cref="LandfallException">LF4001.</exception>
    public static ISourceKind KindOf(IReadOnlyCollection<ISourceKind> kinds, StepNode step)
    {
        string type = step.Integration!.Source.Type;
        return kinds.FirstOrDefault(k => k.Manifest.Type == type) ?? throw new LandfallException(
            "LF4001",
            $"The integration {step.Integration.Id} has a source of type {type}, which this program cannot land; it "
            + $"has {string.Join(", ", kinds.Select(k => k.Manifest.Type))}. Nothing was landed.");
    }
}
