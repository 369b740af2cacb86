using System.Runtime.InteropServices;

namespace Landfall.Serving.Postgres;

/// <summary>The system calls that .NET has no name for.</summary>
internal static partial class NativeMethods
{
    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "getegid")]
    internal static partial uint EffectiveGroup();

    /// <summary>Puts a file in another's place in one step: whoever looks sees the old or the new one.</summary>
    /// <exception cref="IOException">The system refused; the old file is still there.</exception>
    internal static void Replace(string source, string target)
    {
        if (Rename(source, target) != 0)
        {
            throw new IOException($"{source} could not replace {target}: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    /// <summary>Gives a file or folder to an account; never follows a link.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    internal static void Give(string path, uint user, uint group)
    {
        if (ChangeOwner(path, user, group) != 0)
        {
            throw new IOException($"{path} could not be given to user {user}: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string source, string target);
}
