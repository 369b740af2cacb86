namespace Landfall.Sources.Files;

/// <summary>A file in raw, durable, not registered yet.</summary>
/// <param name="Source">The file as it was found.</param>
/// <param name="Path">Path below the integration's folder in raw.</param>
/// <param name="Sha256">Hash of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Rows">Records in it; null where they were not counted.</param>
internal sealed record LandedFile(LandFile Source, string Path, string Sha256, long? Rows);
