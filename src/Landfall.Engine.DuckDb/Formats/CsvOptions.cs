namespace Landfall.Engine.DuckDb.Formats;

/// <summary>How CSV is written.</summary>
/// <param name="Delimiter">The delimiter.</param>
/// <param name="NullText">The unquoted text that stands for null, as UTF-8; the empty field always does.</param>
internal sealed record CsvOptions(byte Delimiter, byte[] NullText);
