using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.DuckDb;
using Landfall.Engine.DuckDb;
using Landfall.Estate;
using Landfall.Workers;

namespace Landfall.Engine.WorkerHost;

/// <summary>
/// What the tests of workers have workers do. Those that try something say <c>ok</c> or the exception.
/// </summary>
internal static class TestTasks
{
    public static IReadOnlyList<IWorkerTask> All { get; } =
    [
        new TestTask("echo", (payload, context) => Echo(payload, context)),
        new TestTask("self", (_, context) => Self(context)),
        new TestTask("read", (payload, _) => Attempts(() => File.ReadAllText(Text(payload)))),
        new TestTask("list", (payload, _) => Attempts(() => Directory.GetFileSystemEntries(Text(payload)))),
        new TestTask("write", (payload, _) => Attempts(() => File.WriteAllText(Text(payload), "written"))),
        new TestTask("delete", (payload, _) => Attempts(() => File.Delete(Text(payload)))),
        new TestTask("run", (payload, _) => Attempts(() => Start(Text(payload)))),
        new TestTask("connect", (payload, _) => Attempts(() => Connect(payload.GetInt32()))),
        new TestTask("datagram", (payload, _) => Attempts(() => Send(payload.GetInt32()))),
        new TestTask("local-socket", (payload, _) => Attempts(() => ConnectLocal(Text(payload)))),
        new TestTask("signal", (payload, _) => Attempts(() => Signal(payload.GetInt32()))),
        new TestTask("duckdb", Statements),
        new TestTask("say", (payload, _) => Say(payload)),
        new TestTask("fail", (payload, _) => throw new LandfallException("LF4020", Text(payload))),
        new TestTask("throw", (payload, _) => throw new InvalidOperationException(Text(payload))),
        new TestTask("full", (payload, _) => throw new IOException("It is full.", payload.GetInt32())),
        new TestTask("exit", (payload, _) => Exit(payload.GetInt32())),
        new TestTask("spin", (_, context) => Spin(context)),
        new TestTask("hog", (_, context) => Hog(context)),
        new TestTask("heap", (_, _) => Heap()),
        new TestTask("wait", Wait),
    ];

    private static string Text(JsonElement payload) => payload.GetString()!;

    private static JsonObject Echo(JsonElement payload, WorkerContext context)
    {
        context.Report(1, 10, 20);
        context.Report(2, 20, 20);
        return new()
        {
            ["payload"] = JsonNode.Parse(payload.GetRawText()), ["threads"] = context.Threads,
            ["memory"] = context.MemoryBytes, ["scratch"] = context.ScratchFolder,
            ["secrets"] = new JsonArray([.. context.Secrets.Select(s => (JsonNode)$"{s.Key}={s.Value}")]),
        };
    }

    private static JsonObject Self(WorkerContext context)
    {
        context.Report(Environment.ProcessId, 0, 0);

        // Whoever is told looks at this process while it still runs.
        Thread.Sleep(TimeSpan.FromSeconds(1));
        return new()
        {
            ["environment"] = File.ReadAllText("/proc/self/environ"),
            ["command"] = File.ReadAllText("/proc/self/cmdline"),
            ["status"] = File.ReadAllText("/proc/self/status"),
            ["limits"] = File.ReadAllText("/proc/self/limits"),
            ["files"] = new JsonArray([.. Directory.GetFiles("/proc/self/fd").Select(LinkTarget)]),
        };
    }

    private static JsonNode? LinkTarget(string path) => File.ResolveLinkTarget(path, false)?.FullName;

    /// <summary>Tries on a thread of the pool and on a new one: a sandbox that holds one thread only is none.</summary>
    private static JsonArray Attempts(Action action)
    {
        string fresh = "";
        Thread thread = new(() => fresh = Attempt(action));
        thread.Start();
        thread.Join();
        return [Attempt(action), fresh];
    }

    private static string Attempt(Action action)
    {
        try
        {
            action();
            return "ok";
        }
        catch (SocketException e)
        {
            return $"{e.GetType().Name} {e.SocketErrorCode}";
        }
        catch (Exception e)
        {
            return e.GetType().Name;
        }
    }

    private static void Start(string program)
    {
        using Process process = Process.Start(program);
        process.WaitForExit();
    }

    private static void Connect(int port)
    {
        using TcpClient client = new();
        client.Connect(IPAddress.Loopback, port);
    }

    private static void Send(int port)
    {
        using UdpClient client = new();
        client.Send([1], new IPEndPoint(IPAddress.Loopback, port));
    }

    private static void ConnectLocal(string path)
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
    }

    private static void Signal(int process)
    {
        // Signal 0 asks whether one might be sent.
        if (kill(process, 0) != 0)
        {
            throw new UnauthorizedAccessException();
        }
    }

    private static JsonNode Statements(JsonElement payload, WorkerContext context)
    {
        string[] Paths(string name) => [.. payload.GetProperty(name).EnumerateArray().Select(p => p.GetString()!)];
        using DuckDbConnection connection = context.OpenDuckDb(Paths("read"), Paths("write"));
        JsonArray answers = [];
        foreach (string sql in Paths("sql"))
        {
            try
            {
                using DuckDbResult result = connection.Query(sql);
                answers.Add((JsonNode?)$"{result.Rows().FirstOrDefault()?[0]}");
            }
            catch (DuckDbException e)
            {
                answers.Add((JsonNode?)$"{e.ErrorType} {e.Message}");
            }
        }

        if (payload.TryGetProperty("fails", out JsonElement statement))
        {
            connection.Execute(statement.GetString()!);
        }

        return answers;
    }

    private static JsonNode Say(JsonElement payload)
    {
        Console.Error.WriteLine(payload.GetProperty("error").GetString());
        Console.WriteLine(payload.GetProperty("output").GetString());
        return "said";
    }

    private static JsonNode Exit(int code)
    {
        Console.Error.WriteLine("about to end");
        Environment.Exit(code);
        return "never";
    }

    /// <summary>Burns CPU time and does not listen; says its process id.</summary>
    private static JsonNode Spin(WorkerContext context)
    {
        while (true)
        {
            context.Report(Environment.ProcessId, 0, 0);
        }
    }

    private static unsafe JsonNode Hog(WorkerContext context)
    {
        for (long held = 0; ; held += 1 << 20)
        {
            new Span<byte>(NativeMemory.Alloc(1 << 20), 1 << 20).Fill(1);
            context.Report(0, held, 0);
        }
    }

    private static JsonNode Heap()
    {
        List<byte[]> held = [];
        while (true)
        {
            held.Add(new byte[1 << 20]);
            held[^1].AsSpan().Fill(1);
        }
    }

    private static async Task<JsonNode> Wait(
        JsonElement payload, WorkerContext context, CancellationToken cancellationToken)
    {
        context.Report(Environment.ProcessId, 0, 0);
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return "never";
    }

    [DllImport("libc")]
    private static extern int kill(int process, int signal);
}
