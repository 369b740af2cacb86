using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Landfall.Workers;

/// <summary>What keeps workers to their inputs and outputs.</summary>
public static class WorkerSandbox
{
    /// <summary>
    /// What every program needs. Of <c>/proc</c> the kernel keeps back what a confined process without root's powers
    /// may not see of others: memory, environment, open files.
    /// </summary>
    private static readonly (string Path, LandlockAccess Access)[] System =
    [
        ("/usr", LandlockAccess.Run), ("/lib", LandlockAccess.Run), ("/lib64", LandlockAccess.Run),
        ("/bin", LandlockAccess.Run), ("/nix/store", LandlockAccess.Run),
        ("/proc", LandlockAccess.Read), ("/sys/fs/cgroup", LandlockAccess.Read),
        ("/sys/devices/system", LandlockAccess.Read), ("/sys/kernel/mm", LandlockAccess.Read),
        ("/dev/null", LandlockAccess.ReadFile | LandlockAccess.WriteFile), ("/dev/zero", LandlockAccess.ReadFile),
        ("/dev/random", LandlockAccess.ReadFile), ("/dev/urandom", LandlockAccess.ReadFile),
        .. new[]
        {
            "ld.so.cache", "ld.so.preload", "localtime", "ssl", "pki", "ca-certificates", "crypto-policies",
            "resolv.conf", "hosts", "host.conf", "nsswitch.conf", "gai.conf", "services", "protocols", "passwd",
            "group", "dotnet", "alternatives",
        }.Select(name => ("/etc/" + name, LandlockAccess.Read)),
    ];

    /// <summary>What confines workers on this machine; starts nothing.</summary>
    public static SandboxStatus Probe() => new(Landlock.AbiVersion, SocketFilter.IsSupported);

    /// <summary>The ruleset of a worker; null where the kernel lacks Landlock.</summary>
    internal static SafeFileHandle? Ruleset(WorkerCommand command, WorkerRequest request, string scratchFolder) =>
        Landlock.AbiVersion == 0
            ? null
            : Landlock.Rules(
                [
                    .. System,
                    .. Program(command).Select(p => (p, LandlockAccess.Run)),
                    .. request.ReadOnlyPaths.Select(p => (p, LandlockAccess.Read)),
                    .. request.WritablePaths.Append(scratchFolder).Select(p => (p, LandlockAccess.Write)),
                ],
                request.Network);

    /// <summary>The call filter of a worker; empty where it has the network or the kernel takes none.</summary>
    internal static ulong[] Filter(WorkerRequest request) =>
        request.Network || !SocketFilter.IsSupported ? [] : SocketFilter.Instructions();

    /// <summary>Folders of the program, with its native libraries, and of its runtime.</summary>
    private static IEnumerable<string> Program(WorkerCommand command)
    {
        // <root>/shared/<framework>/<version>/
        string runtime = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
        yield return Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
        foreach (string file in command.Arguments.Where(File.Exists).Append(command.File))
        {
            yield return Path.GetDirectoryName(Path.GetFullPath(file))!;
        }
    }
}
