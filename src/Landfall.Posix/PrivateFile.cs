namespace Landfall.Posix;

/// <summary>Files that only their owner reads: passwords, keys.</summary>
public static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a folder that only its owner enters, where it is missing.</summary>
    public static void CreateFolder(string folder) =>
        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);

    /// <summary>Writes a file that is not there yet.</summary>
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    public static void Create(string path, ReadOnlySpan<byte> content)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        };
        using FileStream stream = new(path, options);
        stream.Write(content);
    }

    /// <summary>
    /// Writes a file in place of the one that may be there, whole: a killed writer leaves the old one.
    /// </summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        string unfinished = UnfinishedOf(path);
        Create(unfinished, content);
        PosixCalls.Rename(unfinished, path);
    }

    /// <summary>Writes a file unless it is there: of two writers the first one's stays, whole.</summary>
    public static void CreateUnlessThere(string path, ReadOnlySpan<byte> content)
    {
        string unfinished = UnfinishedOf(path);
        Create(unfinished, content);
        _ = PosixCalls.Link(unfinished, path);
        PosixCalls.Unlink(unfinished);
    }

    private static string UnfinishedOf(string path) => $"{path}.{Guid.NewGuid():N}.new";
}
