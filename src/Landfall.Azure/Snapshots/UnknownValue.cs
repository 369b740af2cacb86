namespace Landfall.Azure.Snapshots;

/// <summary>A value that is known only when deployed.</summary>
/// <param name="Resource">Id of the resource.</param>
/// <param name="Path">Where it stands in the resource.</param>
/// <param name="Expression">What Azure will compute.</param>
public readonly record struct UnknownValue(string Resource, string Path, string Expression);
