using System.Globalization;

namespace Landfall.Delta.Log;

/// <summary>Names in a table's log.</summary>
internal static class LogFiles
{
    public const string Folder = "_delta_log";

    public const string LastCheckpoint = "_last_checkpoint";

    public const int VersionDigits = 20;

    public static string Prefix(long version) => version.ToString("D20", CultureInfo.InvariantCulture);

    public static string Commit(long version) => Prefix(version) + ".json";

    public static string Checkpoint(long version) => Prefix(version) + ".checkpoint.parquet";

    /// <summary>How messages call a file of the log.</summary>
    public static string Path(string name) => $"{Folder}/{name}";

    public static bool TryParseCommit(string name, out long version)
    {
        version = -1;
        return name.Length == VersionDigits + ".json".Length && name.EndsWith(".json", StringComparison.Ordinal)
            && TryVersion(name, out version);
    }

    /// <summary>Classic checkpoints: one file, or part <c>p</c> of <c>n</c>.</summary>
    public static bool TryParseCheckpoint(string name, out long version, out int part, out int parts)
    {
        (version, part, parts) = (-1, 1, 1);
        if (!name.EndsWith(".parquet", StringComparison.Ordinal) || !TryVersion(name, out version))
        {
            return false;
        }

        string[] pieces = name.Split('.');
        return pieces.Length == 3
            ? pieces[1] == "checkpoint"
            : pieces.Length == 5 && pieces[1] == "checkpoint" && pieces[2].Length == 10 && pieces[3].Length == 10
                && int.TryParse(pieces[2], NumberStyles.None, CultureInfo.InvariantCulture, out part)
                && int.TryParse(pieces[3], NumberStyles.None, CultureInfo.InvariantCulture, out parts)
                && part >= 1 && part <= parts;
    }

    /// <summary>A v2 checkpoint: <c>VERSION.checkpoint.UUID.json</c>, or <c>.parquet</c>.</summary>
    public static bool TryParseV2Checkpoint(string name, out long version)
    {
        version = -1;
        return name.Split('.') is [_, "checkpoint", { Length: 36 } id, "json" or "parquet"]
            && Guid.TryParse(id, out _) && TryVersion(name, out version);
    }

    /// <summary>A sidecar of a v2 checkpoint.</summary>
    public static string Sidecar(string name) => "_sidecars/" + name;

    private static bool TryVersion(string name, out long version)
    {
        version = -1;
        return name.Length > VersionDigits && name[VersionDigits] == '.' && long.TryParse(
            name.AsSpan(0, VersionDigits), NumberStyles.None, CultureInfo.InvariantCulture, out version);
    }
}
