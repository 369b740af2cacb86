namespace Landfall.Delta.Log;

/// <summary>Paths of data files: percent-encoded URIs in the log, plain paths everywhere else.</summary>
internal static class DataPath
{
    /// <summary>
    /// A physical path as the log has it. Each name is encoded once; a <c>%</c> in it becomes <c>%25</c>.
    /// </summary>
    public static string Encode(string path)
    {
        if (path.AsSpan().IndexOfAnyExcept(Plain) < 0)
        {
            return path;
        }

        return string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
    }

    /// <summary>A path of the log as a physical path; absolute where it is a <c>file:</c> URI.</summary>
    public static string Decode(string logPath)
    {
        if (logPath.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            string rest = logPath["file:".Length..];
            return Uri.UnescapeDataString(
                rest.StartsWith("//", StringComparison.Ordinal) ? rest[rest.IndexOf('/', 2)..] : rest);
        }

        return logPath.Contains('%') ? Uri.UnescapeDataString(logPath) : logPath;
    }

    private static readonly System.Buffers.SearchValues<char> Plain = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~/");
}
