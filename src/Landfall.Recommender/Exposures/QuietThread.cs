using System.Runtime.InteropServices;

namespace Landfall.Recommender.Exposures;

/// <summary>
/// A thread that the system lets work when others leave it time: what it does takes nothing from requests. On systems
/// other than Linux it is a thread like any other.
/// </summary>
internal static partial class QuietThread
{
    private const int ThisThread = 0;
    private const int Niceness = 10;

    /// <summary>Runs work on such a thread to its end.</summary>
    public static Task RunAsync(Func<Task> work) => Task.Factory.StartNew(
        () =>
        {
            if (OperatingSystem.IsLinux())
            {
                _ = SetPriorityNative(ThisThread, 0, Niceness);
            }

            // The thread waits, so that what follows does not move to one of those that answer requests.
            work().GetAwaiter().GetResult();
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>On Linux a process of id 0 is the calling thread.</summary>
    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriorityNative(int which, int who, int priority);
}
