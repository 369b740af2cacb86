using System.Runtime.InteropServices;
using Landfall.Estate;
using Microsoft.Win32.SafeHandles;

namespace Landfall.Posix;

/// <summary>
/// System calls that durability needs and the runtime does not offer: it swallows errors of <c>fsync</c>, cannot open a
/// folder, and has no hard links. Thread-safe. Failures are <see cref="StorageException"/> with the error number.
/// </summary>
public static partial class PosixCalls
{
    private const int Interrupted = 4;
    private const int Exists = 17;
    private const int ReadOnly = 0;

    /// <summary>ENXIO: a socket, or a pipe of another kind.</summary>
    private const int NoDeviceOrAddress = 6;

    /// <summary>ENODEV.</summary>
    private const int NoDevice = 19;

    /// <summary>ENOENT.</summary>
    public const int NoSuchFile = 2;

    /// <summary>EFBIG.</summary>
    internal const int TooLarge = 27;

    /// <summary>EACCES.</summary>
    internal const int PermissionDenied = 13;

    /// <summary>EWOULDBLOCK, which the runtime gives where a file of no sharing is open elsewhere.</summary>
    private static readonly int WouldBlock = OperatingSystem.IsMacOS() ? 35 : 11;

    /// <summary>ENAMETOOLONG.</summary>
    private static readonly int NameTooLong = OperatingSystem.IsMacOS() ? 63 : 36;

    private static readonly int NonBlocking = OperatingSystem.IsMacOS() ? 0x4 : 0x800;

    private static readonly int CloseOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;

    /// <summary>Makes a file's content durable.</summary>
    public static void FSync(SafeFileHandle file, string path) => Check(Retry(() => FSyncNative(file)), "fsync", path);

    /// <summary>Makes the content of a closed file durable.</summary>
    public static void FSyncFile(string path)
    {
        using SafeFileHandle file = Open(path);
        FSync(file, path);
    }

    /// <summary>Makes the names in a folder durable.</summary>
    public static void FSyncFolder(string path)
    {
        using SafeFileHandle folder = Open(path);
        FSync(folder, path);
    }

    /// <summary>
    /// Makes everything that was written to a folder's file system durable, in one call: many small files cost one wait
    /// and not one each. Linux reports failed writes by it since 5.8.
    /// </summary>
    /// <returns>False where the system has no such call; nothing was done then.</returns>
    public static bool SyncFileSystem(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        using SafeFileHandle folder = Open(path);
        Check(Retry(() => SyncFsNative(folder)), "syncfs", path);
        return true;
    }

    /// <summary>
    /// Gives a file a second name unless the name is taken: true when given, false when taken. Of concurrent callers
    /// exactly one gets true.
    /// </summary>
    public static bool Link(string path, string newPath)
    {
        int error = Retry(() => LinkNative(path, newPath));
        if (error != Exists)
        {
            Check(error, "link", newPath);
        }

        return error == 0;
    }

    /// <summary>Renames a file, replacing what had the name.</summary>
    public static void Rename(string path, string newPath) =>
        Check(Retry(() => RenameNative(path, newPath)), "rename", newPath);

    /// <summary>Removes a name; nothing happens where it does not exist.</summary>
    public static void Unlink(string path)
    {
        int error = Retry(() => UnlinkNative(path));
        if (error != NoSuchFile)
        {
            Check(error, "unlink", path);
        }
    }

    /// <summary>A path without links and dots.</summary>
    /// <returns>Null, and the error number, where it leads nowhere, in a circle or where nobody may look.</returns>
    public static unsafe (string? Path, int Error) RealPath(string path)
    {
        byte* real = RealPathNative(path, 0);
        if (real is null)
        {
            return (null, Marshal.GetLastPInvokeError());
        }

        try
        {
            return (Marshal.PtrToStringUTF8((IntPtr)real), 0);
        }
        finally
        {
            NativeMemory.Free(real);
        }
    }

    /// <summary>
    /// Whether a path is a file of bytes, and no pipe, socket or device, whose reading may never end. Links are
    /// followed.
    /// </summary>
    public static bool IsRegularFile(string path)
    {
        // Opening a pipe for reading waits for its writer, unless it is told not to wait.
        int descriptor = OpenNative(path, ReadOnly | CloseOnExec | NonBlocking, 0);
        if (descriptor < 0)
        {
            // Whoever reads it will say why it cannot be read.
            return Marshal.GetLastPInvokeError() is not (NoDevice or NoDeviceOrAddress);
        }

        using SafeFileHandle file = new(descriptor, ownsHandle: true);
        try
        {
            _ = RandomAccess.GetLength(file);
            return true;
        }
        catch (NotSupportedException)
        {
            // What cannot be sought in has no length.
            return false;
        }
    }

    /// <summary>Makes a folder and its missing parents, and makes their names durable.</summary>
    public static void CreateFolder(string path) => DurableFiles.CreateFolder(PosixStorageCalls.Instance, path);

    /// <summary>
    /// Whether a file could not be opened because it is open elsewhere without sharing, in this process or another: the
    /// one failure that waiting mends.
    /// </summary>
    public static bool IsOpenElsewhere(IOException failure) => ErrorOf(failure) == WouldBlock;

    /// <summary>The failure that an exception of the runtime's file functions stands for.</summary>
    public static StorageException Failure(string operation, string path, Exception cause) => Failure(
        operation,
        path,
        cause switch
        {
            UnauthorizedAccessException => PermissionDenied,
            FileNotFoundException or DirectoryNotFoundException => NoSuchFile,
            PathTooLongException => NameTooLong,
            IOException other => ErrorOf(other),
            _ => IsTooLarge(cause) ? TooLarge : 0,
        },
        cause);

    /// <summary>Whether an exception is one of those that the runtime's file functions throw for what storage did.
    /// </summary>
    public static bool IsOfFiles(Exception failure) =>
        failure is IOException or UnauthorizedAccessException || IsTooLarge(failure);

    /// <summary>The error number of an exception of the runtime's file functions; 0 where it has none.</summary>
    public static int ErrorOf(IOException exception) => exception.HResult is > 0 and < 4096 ? exception.HResult : 0;

    /// <summary>LF4211 where space ran out; null for every other failure.</summary>
    public static StorageException? FullOf(Exception failure) =>
        (failure is IOException io ? ErrorOf(io) : IsTooLarge(failure) ? TooLarge : 0) is var error
            && StorageException.FullErrors.Contains(error)
            ? StorageException.Full(error, failure)
            : null;

    /// <summary>
    /// The runtime takes the limit of a file's size for a wrong argument, though nobody gave one; where it was thrown
    /// tells it from others.
    /// </summary>
    private static bool IsTooLarge(Exception failure) => failure is ArgumentOutOfRangeException
        && failure.StackTrace?.Contains("System.IO.RandomAccess.Write", StringComparison.Ordinal) == true;

    /// <summary>The failure of an operation on a path, named by its error number.</summary>
    public static StorageException Failure(string operation, string path, int error, Exception? inner = null) => new(
        $"{operation} of {path} failed: {Marshal.GetPInvokeErrorMessage(error)} (errno {error}). Nothing that was "
        + "committed is lost, and nothing unfinished is visible. Mend the storage, then run again.",
        error,
        outcomeUnknown: false,
        inner);

    private static SafeFileHandle Open(string path)
    {
        int descriptor;
        int error;
        do
        {
            descriptor = OpenNative(path, ReadOnly | CloseOnExec, 0);
            error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
        }
        while (error == Interrupted);

        Check(error, "open", path);
        return new(descriptor, ownsHandle: true);
    }

    /// <summary>The error number of a call, 0 for success, repeated while signals interrupt it.</summary>
    private static int Retry(Func<int> call)
    {
        int error;
        do
        {
            error = call() < 0 ? Marshal.GetLastPInvokeError() : 0;
        }
        while (error == Interrupted);

        return error;
    }

    private static void Check(int error, string operation, string path)
    {
        if (error != 0)
        {
            throw Failure(operation, path, error);
        }
    }

    /// <summary>Asks a process to end in order (SIGTERM); one that is gone already is left alone.</summary>
    public static void Terminate(int processId)
    {
        const int SigTerm = 15;
        _ = KillNative(processId, SigTerm);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int KillNative(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenNative(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial byte* RealPathNative(string path, nint none);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSyncNative(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFsNative(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkNative(string path, string newPath);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameNative(string path, string newPath);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnlinkNative(string path);
}
