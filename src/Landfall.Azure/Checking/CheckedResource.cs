using Landfall.Azure.Snapshots;

namespace Landfall.Azure.Checking;

/// <summary>A resource with the deployment that makes it.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="Resource">The resource.</param>
internal sealed record CheckedResource(EvaluatedDeployment Deployment, SnapshotResource Resource)
{
    /// <summary>A place in the resource for people.</summary>
    public string PlaceOf(string path) => path.Length == 0 ? Resource.Id : $"{Resource.Id} {path}";
}
