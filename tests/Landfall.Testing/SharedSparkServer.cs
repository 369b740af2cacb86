using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Landfall.Testing;

/// <summary>
/// One Spark Connect server for every test of a process: the one of the variable <c>LANDFALL_TEST_SPARK</c>, as
/// <c>./test</c> starts one for all of them, or one of <see cref="SharedSpark"/> that is started when a test asks first
/// and ends with the process.
/// </summary>
public sealed class SharedSparkServer
{
    private const string Variable = "LANDFALL_TEST_SPARK";

    private static readonly Lazy<Task<SharedSparkServer>> Shared = new(StartAsync);

    private SharedSparkServer(string address, int? processId, Uri? rest) =>
        (Address, ProcessId, Rest) = (address, processId, rest);

    /// <summary>Why there is none; null where there is one.</summary>
    public static string? Missing => Given is null ? SharedSpark.Missing : null;

    /// <summary>For example <c>sc://127.0.0.1:15002</c>.</summary>
    public string Address { get; }

    /// <summary>The server's process, which leads its group; null where it is not known.</summary>
    public int? ProcessId { get; }

    /// <summary>Spark's REST interface, as in <c>http://127.0.0.1:4040/</c>; null where it is not known.</summary>
    public Uri? Rest { get; }

    private static string? Given =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } address ? address : null;

    /// <summary>The server, started by whoever asks first.</summary>
    /// <exception cref="InvalidOperationException">It does not start; the message holds its log.</exception>
    public static Task<SharedSparkServer> GetAsync() => Shared.Value;

    private static async Task<SharedSparkServer> StartAsync()
    {
        if (Given is { } given)
        {
            return new(
                given,
                int.TryParse(Environment.GetEnvironmentVariable(Variable + "_PID"), out int leader) ? leader : null,
                Uri.TryCreate(Environment.GetEnvironmentVariable(Variable + "_UI"), UriKind.Absolute, out Uri? rest)
                    ? rest : null);
        }

        string folder = Directory.CreateTempSubdirectory("landfall-spark-").FullName;
        string port = FreePort();
        string ui = FreePort();
        Process guard = StartGuarded(SharedSpark.Script, folder, port, ui);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End(guard);
        string? said = await guard.StandardOutput.ReadLineAsync();
        return said == "up"
            ? new(
                $"sc://127.0.0.1:{port}",
                int.Parse(
                    await File.ReadAllTextAsync(Path.Combine(folder, "server.pid")), NumberStyles.AllowTrailingWhite),
                new($"http://127.0.0.1:{ui}/"))
            : throw new InvalidOperationException(
                $"Spark does not start: {said}\n{await guard.StandardOutput.ReadToEndAsync()}");
    }

    /// <summary>Starts a server with a process that takes it along; the first line it says is <c>up</c>.</summary>
    /// <param name="script">The script that starts it, as <see cref="SharedSpark.Script"/>.</param>
    /// <param name="folder">An empty folder, which goes with it.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="ui">Where its REST interface listens.</param>
    public static Process StartGuarded(string script, string folder, string port, string ui) => Process.Start(
        new ProcessStartInfo(Path.Combine(RepositoryRoot.Folder, "eng", "guard-spark.sh"), [script, folder, port])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["SPARK_UI_PORT"] = ui },
        })!;

    /// <summary>Ends a server and its guard, and waits until both are gone.</summary>
    public static void End(Process guard)
    {
        guard.StandardInput.Close();
        guard.WaitForExit();
    }

    private static string FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString();
    }
}
