using Landfall.Azure.Snapshots;
using Landfall.Estate.Diagnostics;

namespace Landfall.Azure.Policies.Definitions;

/// <summary>Reads the policies that deployments make.</summary>
public static class PolicySnapshots
{
    /// <summary>The definitions, sets, assignments and exemptions among resources.</summary>
    public static PolicyLibrary Read(IEnumerable<SnapshotResource> resources)
    {
        PolicyCollector collector = new(new DiagnosticBag(), isEstate: false);
        collector.AddSnapshot(resources);
        return collector.Collect();
    }
}
