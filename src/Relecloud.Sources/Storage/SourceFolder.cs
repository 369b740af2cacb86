namespace Relecloud.Sources.Storage;

/// <summary>The simulator's folder: files appear in it whole or not at all.</summary>
internal sealed class SourceFolder : IDisposable
{
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;

    private readonly string _unfinished;
    private readonly FileStream _lock;
    private int _count;

    /// <summary>Takes the folder for this process alone and clears what a killed one left.</summary>
    /// <exception cref="SourcesException">Another simulator is at work in it.</exception>
    public SourceFolder(string folder)
    {
        Folder = Path.GetFullPath(folder);
        _unfinished = Path.Combine(Folder, ".unfinished");
        Directory.CreateDirectory(Folder);
        try
        {
            string path = Path.Combine(Folder, ".lock");
            _lock = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException e) when (e.HResult is LinuxWouldBlock or MacWouldBlock)
        {
            throw new SourcesException(
                $"Another simulator is at work in {Folder}. Nothing was changed; let it end, then try again.", e);
        }

        if (Directory.Exists(_unfinished))
        {
            Directory.Delete(_unfinished, recursive: true);
        }

        Directory.CreateDirectory(_unfinished);
    }

    public string Folder { get; }

    /// <summary>Writes a file under its name, whole. Thread-safe.</summary>
    /// <param name="path">Its path below the folder, with slashes.</param>
    /// <param name="modified">The modification time it gets: simulated, so that it never changes by itself.</param>
    /// <param name="write">Writes its content.</param>
    public void Write(string path, DateTime? modified, Action<Stream> write)
    {
        string target = Path.Combine(Folder, path);
        string temporary = Path.Combine(_unfinished, $"{Interlocked.Increment(ref _count)}");
        using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 0))
        {
            using BufferedStream buffered = new(stream, 128 * 1024);
            write(buffered);
        }

        if (modified is { } time)
        {
            File.SetLastWriteTimeUtc(temporary, time);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        NativeMethods.Replace(temporary, target);
    }

    public void Dispose()
    {
        Directory.Delete(_unfinished, recursive: true);
        _lock.Dispose();
    }
}
