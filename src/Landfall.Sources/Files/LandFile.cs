using Landfall.Estate.Integrations;

namespace Landfall.Sources.Files;

/// <summary>A source file as it was found.</summary>
/// <param name="Table">The table it belongs to.</param>
/// <param name="File">Path below the location with <c>/</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Modification time, microseconds since 1970-01-01 UTC.</param>
/// <param name="SourceTime">When the source says it is from, likewise.</param>
/// <param name="Path">Where it is, without links.</param>
/// <param name="Format">Its format; never <see cref="FileFormat.ByExtension"/>.</param>
internal sealed record LandFile(
    string Table, string File, long Size, long Modified, long SourceTime, string Path, FileFormat Format);
