namespace Landfall.Delta.Maintenance;

/// <summary>
/// Decides which files under a table's folder no reader of the table can still need. Paths are relative to the table's
/// folder, with <c>/</c>, as the file system has them.
/// </summary>
public sealed class VacuumRules
{
    private const string ChangeData = "_change_data";

    private readonly string _tableFolder;
    private readonly long _cutoff;
    private readonly HashSet<string> _needed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _neededNames = new(StringComparer.Ordinal);

    /// <summary>Makes the rules for one version of a table.</summary>
    /// <param name="snapshot">The newest version.</param>
    /// <param name="tableFolder">Absolute path of the table, by which absolute paths of the log are recognised.</param>
    /// <param name="cutoff">
    /// What was removed from the table since stays, and so do files written since, which a writer may be about to
    /// commit.
    /// </param>
    public VacuumRules(Snapshot snapshot, string tableFolder, DateTimeOffset cutoff)
    {
        _tableFolder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(tableFolder));
        _cutoff = cutoff.ToUnixTimeMilliseconds();
        foreach (AddFile file in snapshot.Files)
        {
            Need(file.Path);
        }

        foreach (RemoveFile file in snapshot.Tombstones.Where(t => t.DeletionTimestamp >= _cutoff))
        {
            Need(file.Path);
        }
    }

    /// <summary>
    /// Whether files in a folder may go at all. Names that begin with <c>_</c> or <c>.</c> belong to the log and to
    /// other programs, but for change data, folders of a partition column of such a name and what is in a
    /// <see cref="StagingFolder"/>.
    /// </summary>
    public static bool Enters(string folder)
    {
        string name = folder[(folder.LastIndexOf('/') + 1)..];
        bool isPartition = name.StartsWith('_') && name.Contains('=', StringComparison.Ordinal);
        return folder == ChangeData || isPartition || !IsHidden(name) || StagingFolder.Holds(folder);
    }

    /// <summary>Whether a file may go; folders above it are those that <see cref="Enters"/> lets in.</summary>
    /// <param name="path">The file.</param>
    /// <param name="modified">When it was last modified.</param>
    public bool MayGo(string path, DateTimeOffset modified)
    {
        string name = path[(path.LastIndexOf('/') + 1)..];
        return modified.ToUnixTimeMilliseconds() < _cutoff && (!IsHidden(name) || StagingFolder.Holds(path))
            && !_needed.Contains(path) && !_neededNames.Contains(name);
    }

    private static bool IsHidden(string name) => name.Length > 0 && name[0] is '_' or '.';

    private void Need(string path)
    {
        string full = Path.GetFullPath(path, _tableFolder);
        if (full.StartsWith(_tableFolder + "/", StringComparison.Ordinal))
        {
            _needed.Add(full[(_tableFolder.Length + 1)..]);
        }

        if (Path.IsPathRooted(path))
        {
            // The table's folder may be reached by another name, through a link or a mount: then only the name tells.
            _neededNames.Add(Path.GetFileName(path));
        }
    }
}
