using Landfall.Delta;

namespace Landfall.Engine.Storage;

/// <summary>Orders of calls after which files survive a power cut. Thread-safe.</summary>
public static class DurableFiles
{
    /// <summary>Makes a folder and its missing parents, and makes their names durable.</summary>
    public static void CreateFolder(IStorageCalls calls, string path)
    {
        if (calls.FolderExists(path))
        {
            return;
        }

        string? parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path));
        if (string.IsNullOrEmpty(parent))
        {
            return;
        }

        CreateFolder(calls, parent);
        calls.MakeFolder(path);
        calls.FSyncFolder(parent);
    }

    /// <summary>Makes files of one folder durable, then their names in it.</summary>
    public static void Settle(IStorageCalls calls, IEnumerable<string> paths, string folder)
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
    internal static void Forget(IStorageCalls calls, string temporary)
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
