using Landfall.Engine.Ingest;
using Landfall.Engine.Steps;
using Landfall.Posix;

namespace Landfall.Sources.Files;

/// <summary>
/// Walks the folder of a location: every file in it once, by one name. Hidden and temporary names, <c>.name</c> and
/// <c>_name</c>, are not seen. A link counts as what it leads to, if that is in the location and has no name of its
/// own.
/// </summary>
/// <param name="root">Absolute folder of the location.</param>
internal sealed class FileWalk(string root)
{
    private readonly string _realRoot = PosixCalls.RealPath(root).Path ?? root;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Path)> _links = [];

    /// <summary>The files: their names below the location with <c>/</c>, and where they are.</summary>
    public IEnumerable<(string Name, string Path)> Files => _names.Select(n => (n.Value, n.Key));

    /// <summary>What is not landed, and why.</summary>
    public List<LeftOut> LeftOut { get; } = [];

    /// <summary>Walks the location.</summary>
    public void Run()
    {
        Walk(_realRoot, "");

        // Links come last, so that files go by their own names; those of linked folders come to the end of the list.
        _links.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        for (int i = 0; i < _links.Count; i++)
        {
            Follow(_links[i].Name, _links[i].Path);
        }
    }

    private void Walk(string folder, string prefix)
    {
        _ = _folders.Add(folder);
        foreach (FileSystemInfo entry in EntriesOf(folder, prefix))
        {
            string name = prefix + entry.Name;
            string path = Path.Join(folder, entry.Name);
            if (entry.Name[0] is '.' or '_')
            {
                continue;
            }

            if (entry.Name.Contains('\uFFFD', StringComparison.Ordinal) && !Path.Exists(path))
            {
                LeftOut.Add(new(name, IngestCodes.FileName, "its name is not UTF-8"));
            }
            else if (entry.LinkTarget is not null)
            {
                _links.Add((name, path));
            }
            else if (entry is DirectoryInfo)
            {
                Walk(path, name + "/");
            }
            else
            {
                Add(name, path);
            }
        }
    }

    private FileSystemInfo[] EntriesOf(string folder, string prefix)
    {
        try
        {
            return [.. new DirectoryInfo(folder).EnumerateFileSystemInfos()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LeftOut.Add(new(
                prefix.Length == 0 ? "." : prefix, IngestCodes.UnreadableFolder,
                e is UnauthorizedAccessException ? "its folder may not be read" : "its folder cannot be read"));
            return [];
        }
    }

    private void Add(string name, string path)
    {
        if (PosixCalls.IsRegularFile(path))
        {
            _ = _names.TryAdd(path, name);
        }
        else
        {
            LeftOut.Add(new(name, IngestCodes.NotAFile, "it is a pipe, socket or device"));
        }
    }

    private void Follow(string name, string path)
    {
        (string? real, int error) = PosixCalls.RealPath(path);
        string? problem = real is null && error == PosixCalls.NoSuchFile ? "it leads to nothing"
            : real is null ? "it leads in a circle, or may not be followed"
            : real != _realRoot && !real.StartsWith(_realRoot + "/", StringComparison.Ordinal)
                ? "it leads out of the location"
            : IsAbove(real, path) ? "it leads back to a folder that it is in"
            : null;
        if (problem is not null)
        {
            LeftOut.Add(new(name, IngestCodes.Link, "a link: " + problem));
        }
        else if (!Directory.Exists(real))
        {
            Add(name, real!);
        }
        else if (!_folders.Contains(real!))
        {
            Walk(real!, name + "/");
        }
    }

    private static bool IsAbove(string folder, string link)
    {
        string? own = PosixCalls.RealPath(Path.GetDirectoryName(link)!).Path;
        return own is not null && (own + "/").StartsWith(folder + "/", StringComparison.Ordinal);
    }
}
