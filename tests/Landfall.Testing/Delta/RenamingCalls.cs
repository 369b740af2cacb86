using Landfall.Posix;

namespace Landfall.Testing.Delta;

/// <summary>
/// Calls that are wrong on purpose: rename in place of link, after a look whether the name is free, which is what the
/// runtime's own move does. Of two writers in a race, one's commit is lost. Tests of races must notice it.
/// </summary>
public sealed class RenamingCalls(IStorageCalls? inner = null) : ForwardingCalls(inner ?? PosixStorageCalls.Instance)
{
    public override bool Link(string path, string newPath)
    {
        if (FileExists(newPath))
        {
            return false;
        }

        Rename(path, newPath);
        return true;
    }
}
