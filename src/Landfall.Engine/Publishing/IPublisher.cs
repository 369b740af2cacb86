using Landfall.Engine.Steps;
using Landfall.Estate;

namespace Landfall.Engine.Publishing;

/// <summary>
/// Brings the tables of an integration or product to where people and tools read them: all tables of one version at
/// once, or none. As a step, it is the publication of its node's unit.
/// </summary>
public interface IPublisher : IStep
{
    /// <summary>Says what publishing would do; changes nothing and starts nothing.</summary>
    /// <exception cref="LandfallException">What is published cannot be looked at.</exception>
    Task<PublicationOutlook> LookAsync(IStepHost host, CancellationToken cancellationToken);
}
