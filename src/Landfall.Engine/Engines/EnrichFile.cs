using Landfall.Estate.Integrations;

namespace Landfall.Engine.Engines;

/// <summary>A file of raw to read.</summary>
/// <param name="Source">What <c>_source</c> says: path below the location, or the relation.</param>
/// <param name="Path">Absolute path.</param>
/// <param name="Batch">Its batch.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Format">Its format; never <see cref="FileFormat.ByExtension"/>.</param>
public sealed record EnrichFile(string Source, string Path, long Batch, long Size, FileFormat Format);
