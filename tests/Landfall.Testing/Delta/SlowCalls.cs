using Landfall.Posix;

namespace Landfall.Testing.Delta;

/// <summary>
/// Calls that are slow on purpose before each link: against fast writers such a one is too late every time. Tests of
/// fairness must notice it.
/// </summary>
public sealed class SlowCalls() : ForwardingCalls(PosixStorageCalls.Instance)
{
    public override bool Link(string path, string newPath)
    {
        // Slowness is what is simulated.
        Thread.Sleep(40);
        return base.Link(path, newPath);
    }
}
