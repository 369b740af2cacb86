using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Landfall.Workers;

/// <summary>The kernel's way for a program to give up access to files, sockets and signals.</summary>
public static partial class Landlock
{
    private const int CreateRuleset = 444;
    private const int AddRule = 445;
    private const int VersionFlag = 1;
    private const int PathBeneath = 1;
    private const int PathOnly = 0x200000;
    private const int CloseOnExec = 0x80000;

    /// <summary>The version of the kernel's Landlock; 0 where it lacks it or has it switched off.</summary>
    public static int AbiVersion { get; } =
        OperatingSystem.IsLinux() ? (int)Math.Max(0, CreateNative(CreateRuleset, 0, 0, VersionFlag)) : 0;

    /// <summary>Number of the call that restricts the calling thread and what it starts.</summary>
    internal static int RestrictSelf => 446;

    /// <summary>Makes a ruleset that allows what the rules say, and nothing else that the kernel can deny.</summary>
    /// <param name="rules">Access by existing path; paths that are not there are left out.</param>
    /// <param name="network">Whether TCP is left alone.</param>
    /// <returns>The ruleset's descriptor.</returns>
    /// <exception cref="Win32Exception">The kernel refuses.</exception>
    internal static unsafe SafeFileHandle Rules(IEnumerable<(string Path, LandlockAccess Access)> rules, bool network)
    {
        LandlockAccess handled = Handled(AbiVersion);
        RulesetAttributes attributes = new()
        {
            Files = (ulong)handled,
            Network = AbiVersion >= 4 && !network ? 3ul : 0,
            Scoped = AbiVersion >= 6 ? 3ul : 0,
        };
        nint size = AbiVersion >= 6 ? 24 : AbiVersion >= 4 ? 16 : 8;
        nint descriptor = Checked(CreateNative(CreateRuleset, (nint)(&attributes), size, 0));
        SafeFileHandle ruleset = new(descriptor, ownsHandle: true);
        foreach ((string path, LandlockAccess access) in rules)
        {
            Allow(ruleset, path, access & handled);
        }

        return ruleset;
    }

    /// <summary>The rights that a version of Landlock knows: all of them are denied but for rules.</summary>
    internal static LandlockAccess Handled(int abi) => abi switch
    {
        <= 1 => LandlockAccess.Version1,
        2 => LandlockAccess.Version1 | LandlockAccess.Refer,
        3 or 4 => LandlockAccess.Version1 | LandlockAccess.Refer | LandlockAccess.Truncate,
        _ => LandlockAccess.All,
    };

    private static unsafe void Allow(SafeFileHandle ruleset, string path, LandlockAccess access)
    {
        bool isFolder = Directory.Exists(path);
        if (!isFolder && !File.Exists(path))
        {
            return;
        }

        using SafeFileHandle beneath = new(Checked(OpenNative(path, PathOnly | CloseOnExec)), ownsHandle: true);
        PathRule rule = new()
        {
            Allowed = (ulong)(isFolder ? access : access & LandlockAccess.OnFiles),
            Folder = (int)beneath.DangerousGetHandle(),
        };
        _ = Checked(RuleNative(AddRule, (int)ruleset.DangerousGetHandle(), PathBeneath, (nint)(&rule), 0));
    }

    private static nint Checked(nint result) =>
        result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint CreateNative(nint number, nint attributes, nint size, nint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint RuleNative(nint number, nint ruleset, nint type, nint rule, nint flags);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenNative(string path, int flags);

    [StructLayout(LayoutKind.Sequential)]
    private struct RulesetAttributes
    {
        public ulong Files;
        public ulong Network;
        public ulong Scoped;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct PathRule
    {
        public ulong Allowed;
        public int Folder;
    }
}
