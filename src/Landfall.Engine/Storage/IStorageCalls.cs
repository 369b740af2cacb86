using Microsoft.Win32.SafeHandles;

namespace Landfall.Engine.Storage;

/// <summary>
/// The calls by which a log store changes its folder, one member each, so that tests can fail a call, end the process
/// before one, or leave one out to prove that its absence is noticed. Thread-safe.
/// </summary>
/// <exception cref="Landfall.Delta.StorageException">Any member, where the call fails.</exception>
public interface IStorageCalls
{
    /// <summary>Creates a file and writes its content; not durable yet.</summary>
    SafeFileHandle Write(string path, ReadOnlyMemory<byte> content);

    /// <summary>Makes a written file durable.</summary>
    void FSync(SafeFileHandle file, string path);

    /// <summary>Makes the names in a folder durable.</summary>
    void FSyncFolder(string path);

    /// <summary>Gives a file its second name unless that is taken; false where it is.</summary>
    bool Link(string path, string newPath);

    /// <summary>Renames a file, replacing what had the name.</summary>
    void Rename(string path, string newPath);

    /// <summary>Removes a name; nothing happens where it does not exist.</summary>
    void Unlink(string path);
}
