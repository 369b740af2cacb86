using System.Diagnostics;
using Landfall.Testing;

namespace Landfall.Engine.Spark.Tests.Connect;

/// <summary>The server of the tests leaves nothing behind; a shell that sleeps stands in for it.</summary>
public sealed class SharedSparkServerTests
{
    [Fact]
    public async Task Guard_InputEnds_TakesTheGroupAndTheFolder()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "Processes are seen in /proc.");
        string folder = Directory.CreateTempSubdirectory("landfall-spark-").FullName;
        string script = Path.Combine(folder, "spark");
        await File.WriteAllTextAsync(
            script,
            """
            #!/bin/sh
            setsid sh -c 'sleep 300 & echo $! >"$0/child.pid"; wait' "$2" </dev/null >/dev/null 2>&1 &
            echo $! >"$2/server.pid"
            while [ ! -s "$2/child.pid" ]; do sleep 0.01; done
            """);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        using Process guard = SharedSparkServer.StartGuarded(script, folder, "1", "2");
        Assert.Equal("up", await guard.StandardOutput.ReadLineAsync());
        int child = int.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "child.pid")));
        Assert.True(IsAlive(child));
        SharedSparkServer.End(guard);

        await Eventually.TrueAsync(() => !IsAlive(child));
        Assert.False(Directory.Exists(folder));
    }

    /// <summary>A killed process may stay as a zombie where nobody takes it.</summary>
    private static bool IsAlive(int process)
    {
        try
        {
            return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
