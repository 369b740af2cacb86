using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Landfall.Estate;

namespace Landfall.Posix;

/// <summary>Orders of calls after which files survive a power cut. Thread-safe.</summary>
public static class DurableFiles
{
    /// <summary>EPERM, EACCES, EINVAL and EROFS: folders that are not this process's to make durable.</summary>
    private static readonly FrozenSet<int> NotOurs = FrozenSet.ToFrozenSet([1, PosixCalls.PermissionDenied, 22, 30]);

    /// <summary>Folders whose names are known to be durable, for each set of calls.</summary>
    private static readonly ConditionalWeakTable<IStorageCalls, ConcurrentDictionary<string, bool>> KnownDurable = [];

    /// <summary>
    /// Makes a folder and its missing parents, and makes their names durable. Those that exist are made durable too,
    /// once a process: whoever made them may not have come to it yet.
    /// </summary>
    public static void CreateFolder(IStorageCalls calls, string path)
    {
        ConcurrentDictionary<string, bool> durable = KnownDurable.GetOrCreateValue(calls);
        string folder = Path.TrimEndingDirectorySeparator(path);
        bool exists = calls.FolderExists(folder);
        if ((exists && durable.ContainsKey(folder)) || Path.GetDirectoryName(folder) is not { Length: > 0 } parent)
        {
            return;
        }

        CreateFolder(calls, parent);
        if (!exists)
        {
            calls.MakeFolder(folder);
        }

        try
        {
            calls.FSyncFolder(parent);
        }
        catch (StorageException e) when (exists && NotOurs.Contains(e.ErrorNumber))
        {
            // Who may not even open the parent did not make the folder.
        }

        durable[folder] = true;
    }

    /// <summary>Makes files of one folder durable, then their names in it.</summary>
    public static void MakeDurable(IStorageCalls calls, IEnumerable<string> paths, string folder)
    {
        foreach (string path in paths)
        {
            calls.FSyncFile(path);
        }

        calls.FSyncFolder(folder);
    }

    /// <summary>
    /// Gives a closed temporary file its name in the same folder, durably, replacing what had the name. Readers see
    /// the whole file or what was there before, also after a power cut.
    /// </summary>
    public static void Publish(IStorageCalls calls, string temporary, string path)
    {
        calls.FSyncFile(temporary);
        calls.Rename(temporary, path);
        calls.FSyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Removes a temporary file. Where even that fails, it stays: nothing reads it.</summary>
    public static void Forget(IStorageCalls calls, string temporary)
    {
        try
        {
            calls.Unlink(temporary);
        }
        catch (StorageException)
        {
            // What failed before matters more than what is left behind.
        }
    }
}
