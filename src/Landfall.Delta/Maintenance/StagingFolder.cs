namespace Landfall.Delta.Maintenance;

/// <summary>
/// A folder below a step's in which an engine writes by its own rules, until files get their final names outside of
/// it. No version names a file in one; what a killed write leaves there is old files like others, whatever its names.
/// </summary>
public static class StagingFolder
{
    private const string Prefix = "staging-";
    private const int Digits = 32;

    /// <summary>A name that nothing has yet.</summary>
    public static string NewName() => $"{Prefix}{Guid.NewGuid():n}";

    /// <summary>Whether a path, with <c>/</c>, is that of something in such a folder.</summary>
    internal static bool Holds(string path) => path.Split('/')[..^1].Any(
        p => p.Length == Prefix.Length + Digits && p.StartsWith(Prefix, StringComparison.Ordinal)
            && p.AsSpan(Prefix.Length).IndexOfAnyExceptInRange('0', 'f') < 0);
}
