using System.Runtime.InteropServices;

namespace Relecloud.Sources.Storage;

/// <summary>The system call that .NET has no name for.</summary>
internal static partial class NativeMethods
{
    /// <summary>Puts a file in another's place in one step: whoever looks sees the old or the new one.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    internal static void Replace(string source, string target)
    {
        if (Rename(source, target) != 0)
        {
            throw new IOException($"{source} could not replace {target}: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string source, string target);
}
