using Landfall.Estate;

namespace Landfall.Delta;

/// <summary>
/// A table uses a feature of Delta Lake that this version does not read or write. Nothing was changed.
/// </summary>
public sealed class UnsupportedTableException : LandfallException
{
    private UnsupportedTableException(string code, string message, string feature)
        : base(code, message) => Feature = feature;

    /// <summary>The feature's name in the Delta protocol, or the version or type that is not known.</summary>
    public string Feature { get; }

    /// <summary>A feature that is not read.</summary>
    public static UnsupportedTableException ToRead(string feature) => new(
        "LF4201",
        $"The table needs '{feature}' of its readers, which this version does not know. Nothing was read or changed. "
        + "Read it with a newer version, or have its writer drop the feature.",
        feature);

    internal static UnsupportedTableException ToWrite(string feature) => new(
        "LF4202",
        $"The table needs '{feature}' of its writers, which this version does not keep. Nothing was written. "
        + "Write it with the program that made it.",
        feature);
}
