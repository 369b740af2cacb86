namespace Landfall.Testing.Fuzzing;

/// <summary>A record of a file as a plain reader sees it.</summary>
/// <param name="Number">Its line, or its place in an array.</param>
/// <param name="Values">Values by column; null for a record that cannot be read.</param>
public sealed record SourceRow(long Number, IReadOnlyDictionary<string, string?>? Values);
