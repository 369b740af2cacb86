namespace Landfall.Cli;

/// <summary>Where this Landfall is installed: the folder that holds its launcher.</summary>
internal static class Installation
{
    /// <summary>
    /// The launcher's folder: what the launcher says, else the nearest folder upwards from the program that has one;
    /// null where the program stands alone.
    /// </summary>
    public static string? Root { get; } = Environment.GetEnvironmentVariable("LANDFALL_ROOT") is { Length: > 0 } given
        ? Path.GetFullPath(given)
        : Upwards(AppContext.BaseDirectory, "landfall");

    /// <summary>The nearest folder upwards that holds a file; null for none.</summary>
    public static string? Upwards(string folder, string file)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, file)))
            {
                return at.FullName;
            }
        }

        return null;
    }
}
