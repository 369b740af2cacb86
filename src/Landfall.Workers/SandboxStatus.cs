namespace Landfall.Workers;

/// <summary>What confines workers on this machine.</summary>
/// <param name="LandlockAbi">The version of the kernel's Landlock; 0 where it lacks it or has it switched off.</param>
/// <param name="SocketFilter">Whether workers without network cannot make sockets at all.</param>
public sealed record SandboxStatus(int LandlockAbi, bool SocketFilter)
{
    /// <summary>Nothing confines.</summary>
    public static SandboxStatus None { get; } = new(0, false);

    /// <summary>Whether files outside what a worker is given are out of its reach.</summary>
    public bool ConfinesFiles => LandlockAbi >= 1;

    /// <summary>Whether a worker without network cannot reach it.</summary>
    public bool ConfinesNetwork => SocketFilter || LandlockAbi >= 4;
}
