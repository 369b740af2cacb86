using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Landfall.Testing;

/// <summary>
/// A small cluster of <see cref="SharedSpark"/> for one test: a master, two workers with an executor each and a Connect
/// server, in a folder of its own. It ends with the test, and with the process.
/// </summary>
public sealed class SparkCluster : IAsyncDisposable
{
    /// <summary>Waits until its input ends, then takes the cluster with it.</summary>
    private const string Guard =
        """
        "$1" cluster "$2" "$3" "$4" >"$2/start.log" 2>&1 && echo up || { cat "$2"/*.log; exit 1; }
        cat >/dev/null
        "$1" stop "$2" >/dev/null 2>&1
        rm -rf "$2"
        """;

    private readonly Process _guard;
    private readonly string _folder;
    private string _uiPort;

    private SparkCluster(Process guard, string folder, string port, string uiPort)
    {
        (_guard, _folder, _uiPort) = (guard, folder, uiPort);
        Address = $"sc://127.0.0.1:{port}";
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>Its REST interface; another one after the server was started again.</summary>
    public Uri Ui => new($"http://127.0.0.1:{_uiPort}/");

    /// <summary>Starts one, which takes half a minute.</summary>
    /// <exception cref="InvalidOperationException">It does not start; the message holds its log.</exception>
    public static async Task<SparkCluster> StartAsync()
    {
        string folder = Directory.CreateTempSubdirectory("landfall-cluster-").FullName;
        (string port, string master, string ui) = (FreePort(), FreePort(), FreePort());
        ProcessStartInfo start = new("sh", ["-c", Guard, "sh", SharedSpark.Script, folder, port, master])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["SPARK_UI_PORT"] = ui },
        };
        Process guard = Process.Start(start)!;
        string? said = await guard.StandardOutput.ReadLineAsync();
        return said == "up" ? new(guard, folder, port, ui) : throw new InvalidOperationException(
            $"The cluster does not start: {said}\n{await guard.StandardOutput.ReadToEndAsync()}");
    }

    /// <summary>Kills a worker with its executor, 1 or 2, or the Connect server, 0, as a power cut would.</summary>
    public async Task KillAsync(int which)
    {
        await RunAsync("sh", "-c", $"kill -9 -$(cat {_folder}/{(which == 0 ? "server" : $"worker{which}")}.pid)");
        while (which == 0 && await IsListeningAsync())
        {
            // A process with much memory takes a moment to end, and who starts it again would take the old for the new.
            await Task.Delay(10);
        }
    }

    /// <summary>Starts again what was killed.</summary>
    public Task StartAgainAsync(int which)
    {
        if (which != 0)
        {
            return RunAsync(SharedSpark.Script, "worker", _folder, which.ToString(CultureInfo.InvariantCulture));
        }

        // The port of one that was killed is not free at once.
        _uiPort = FreePort();
        return RunAsync(SharedSpark.Script, "server", _folder);
    }

    /// <summary>How many jobs run.</summary>
    public Task<int> RunningJobsAsync() => SparkJobs.RunningAsync(Ui);

    /// <summary>Ends all of it.</summary>
    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    private void Stop()
    {
        if (!_guard.HasExited)
        {
            _guard.StandardInput.Close();
            _guard.WaitForExit();
        }
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["SPARK_UI_PORT"] = _uiPort },
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {said}{await errors}");
        }
    }

    private async Task<bool> IsListeningAsync()
    {
        using TcpClient client = new();
        try
        {
            Uri address = new(Address);
            await client.ConnectAsync(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
