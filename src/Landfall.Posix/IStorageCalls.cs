using Microsoft.Win32.SafeHandles;

namespace Landfall.Posix;

/// <summary>
/// The calls by which tables use their folders, one member each, so that tests can fail a call, end the process before
/// one, keep folders in memory, or leave a call out to prove that its absence is noticed. Thread-safe.
/// </summary>
/// <exception cref="Landfall.Estate.StorageException">Any member, where the call fails.</exception>
public interface IStorageCalls
{
    /// <summary>Creates a file and writes its content; not durable yet.</summary>
    SafeFileHandle Write(string path, ReadOnlyMemory<byte> content);

    /// <summary>Makes a written file durable.</summary>
    void FSync(SafeFileHandle file, string path);

    /// <summary>Makes a file durable that is closed, or that somebody else wrote.</summary>
    void FSyncFile(string path);

    /// <summary>Makes the names in a folder durable.</summary>
    void FSyncFolder(string path);

    /// <summary>Gives a file its second name unless that is taken; false where it is.</summary>
    bool Link(string path, string newPath);

    /// <summary>Renames a file, replacing what had the name.</summary>
    void Rename(string path, string newPath);

    /// <summary>Removes a name; nothing happens where it does not exist.</summary>
    void Unlink(string path);

    /// <summary>Makes a folder, whose parent exists; nothing happens where it exists already.</summary>
    void MakeFolder(string path);

    /// <summary>Whether there is such a folder.</summary>
    bool FolderExists(string path);

    /// <summary>Whether there is such a file.</summary>
    bool FileExists(string path);

    /// <summary>A file's content; null where there is none.</summary>
    ReadOnlyMemory<byte>? Read(string path);

    /// <summary>Names of the files in a folder, in no particular order; empty where there is no such folder.</summary>
    IReadOnlyList<string> List(string path);

    /// <summary>When a file was last modified; null where there is none.</summary>
    DateTimeOffset? Modified(string path);
}
