using Landfall.Estate;

namespace Landfall.Posix;

/// <summary>
/// A folder for work in progress that does not outlive its process: whoever makes the next one beside it removes those
/// whose process is gone, however it ended.
/// </summary>
/// <remarks>
/// <c>ID.lease</c> beside folder <c>ID</c> is a file that only one process can have open. It is there before the folder
/// and goes after it, so that a folder whose lease is missing or free is nobody's.
/// </remarks>
public sealed class LeasedFolder : IDisposable
{
    private const string Extension = ".lease";
    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lease;

    private LeasedFolder(string path, FileStream lease)
    {
        Path = path;
        _lease = lease;
    }

    /// <summary>The folder's absolute path; its owner alone may enter it.</summary>
    public string Path { get; }

    /// <summary>Makes a folder of a new name and removes abandoned ones beside it.</summary>
    /// <param name="root">The folder that holds them and nothing else; made where missing.</param>
    /// <exception cref="StorageException">LF4210, LF4211: the folder cannot be written.</exception>
    public static LeasedFolder Create(string root)
    {
        try
        {
            Directory.CreateDirectory(root);
            Sweep(root);
            return CreateOwn(root);
        }
        catch (Exception e) when (PosixCalls.IsOfFiles(e))
        {
            throw PosixCalls.Failure("write", root, e);
        }
    }

    /// <summary>Removes the folder. Safe to call twice.</summary>
    public void Dispose()
    {
        if (!_lease.SafeFileHandle.IsClosed)
        {
            Remove(Path, _lease);
        }
    }

    private static LeasedFolder CreateOwn(string root)
    {
        while (true)
        {
            string path = System.IO.Path.Combine(root, Guid.NewGuid().ToString("n"));
            FileStream? lease = TryOpen(path + Extension, FileMode.CreateNew);

            // A sweep between creating the file and locking it took the name away: another try.
            if (lease is not null && File.Exists(lease.Name))
            {
                try
                {
                    return new(Directory.CreateDirectory(path, OwnerOnly).FullName, lease);
                }
                catch
                {
                    lease.Dispose();
                    throw;
                }
            }

            lease?.Dispose();
        }
    }

    private static void Sweep(string root)
    {
        foreach (string folder in Directory.EnumerateDirectories(root)
            .Union(Directory.EnumerateFiles(root, "*" + Extension).Select(f => f[..^Extension.Length])))
        {
            try
            {
                if (TryOpen(folder + Extension, FileMode.Open) is { } lease)
                {
                    Remove(folder, lease);
                }
            }
            catch (FileNotFoundException)
            {
                RemoveFolder(folder);
            }
        }
    }

    private static void Remove(string folder, FileStream lease)
    {
        using (lease)
        {
            RemoveFolder(folder);
            File.Delete(lease.Name);
        }
    }

    /// <summary>Another process may have swept it meanwhile.</summary>
    private static void RemoveFolder(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
        }
    }

    /// <summary>Null where another process has it, also one that sweeps; every other failure is one.</summary>
    private static FileStream? TryOpen(string lease, FileMode mode)
    {
        try
        {
            return new(lease, mode, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (PosixCalls.IsOpenElsewhere(e))
        {
            return null;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException and not FileNotFoundException)
        {
            throw PosixCalls.Failure("lock", lease, e);
        }
    }
}
