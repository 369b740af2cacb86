using System.Diagnostics;
using System.Globalization;
using Landfall.Delta;
using Landfall.Engine.Lakes;
using Landfall.Posix;
using Landfall.Testing.Delta;

namespace Landfall.Engine.Harness;

/// <summary>Log stores by name: the product's, and wrong ones that tests must notice.</summary>
internal static class Stores
{
    private const string KillAt = "kill-at:";

    public static IStorageCalls Calls(string name) => name switch
    {
        _ when name.StartsWith(KillAt, StringComparison.Ordinal) =>
            new WatchedCalls(KillBefore(int.Parse(name.AsSpan(KillAt.Length), CultureInfo.InvariantCulture))),
        "rename" => new RenamingCalls(),
        "slow" => new SlowCalls(),
        _ => PosixStorageCalls.Instance,
    };

    public static ILogStore Open(string name, string table, IStorageCalls calls) =>
        name == "in-place" ? new InPlaceLogStore(table) : new PosixLogStore(table, calls);

    private static Action<StorageCall> KillBefore(int number) => call =>
    {
        if (call.Number == number)
        {
            using Process self = Process.GetCurrentProcess();
            self.Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    };
}
