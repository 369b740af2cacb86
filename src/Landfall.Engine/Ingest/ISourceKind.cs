using Landfall.Engine.Steps;
using Landfall.Estate;
using Landfall.Estate.Integrations;
using Landfall.Estate.Sources;
using Landfall.Workers;

namespace Landfall.Engine.Ingest;

/// <summary>
/// A kind of source, chosen by the word <c>type</c> of an integration's source: it says what manifests may hold, finds
/// what is new in a source, and lands it in raw as batches.
/// </summary>
public interface ISourceKind
{
    /// <summary>What it has in manifests.</summary>
    ISourceManifest Manifest { get; }

    /// <summary>What it does inside workers.</summary>
    IReadOnlyList<IWorkerTask> Tasks { get; }

    /// <summary>Says what landing would do, as far as that can be told without reading what is new.</summary>
    /// <param name="integration">The integration.</param>
    /// <param name="locations">Folders or files by location name, absolute.</param>
    /// <param name="register">What was landed.</param>
    /// <exception cref="LandfallException">The source cannot be looked at.</exception>
    LandOutlook Look(
        Integration integration, IReadOnlyDictionary<string, string> locations, Register register);

    /// <summary>
    /// Lands what is new: files of a batch first, durable, then the rows of the register that make it exist. Landing
    /// again what was landed makes no batch.
    /// </summary>
    /// <exception cref="LandfallException">The source cannot be landed as it is; batches before it stay.</exception>
    Task<StepOutcome> LandAsync(IStepHost host, CancellationToken cancellationToken);
}
