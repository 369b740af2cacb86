namespace Landfall.Sources.Files;

/// <summary>What copying a file told of it.</summary>
/// <param name="Sha256">Hash of its bytes, 64 lower-case hexadecimal digits.</param>
/// <param name="Rows">Records in it; null where they were not counted.</param>
/// <param name="CopySeconds">Seconds spent copying and hashing.</param>
/// <param name="CheckSeconds">Seconds spent checking compressed data and counting records.</param>
internal sealed record FileCopyResult(string Sha256, long? Rows, double CopySeconds, double CheckSeconds);
