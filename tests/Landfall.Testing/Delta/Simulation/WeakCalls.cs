using Landfall.Posix;
using Microsoft.Win32.SafeHandles;

namespace Landfall.Testing.Delta.Simulation;

/// <summary>Calls with a <see cref="Weakness"/>.</summary>
public sealed class WeakCalls(IStorageCalls inner, Weakness weakness) : ForwardingCalls(inner)
{
    public override void FSync(SafeFileHandle file, string path)
    {
        if (weakness is not (Weakness.NoFileSync or Weakness.LinksBeforeSync))
        {
            base.FSync(file, path);
        }
    }

    public override void FSyncFile(string path)
    {
        if (weakness != Weakness.NoFileSync)
        {
            base.FSyncFile(path);
        }
    }

    public override void FSyncFolder(string path)
    {
        if (weakness != Weakness.NoFolderSync)
        {
            base.FSyncFolder(path);
        }
    }

    public override bool Link(string path, string newPath)
    {
        bool linked = base.Link(path, newPath);
        if (linked && weakness == Weakness.LinksBeforeSync)
        {
            FSyncFile(newPath);
        }

        return linked;
    }
}
