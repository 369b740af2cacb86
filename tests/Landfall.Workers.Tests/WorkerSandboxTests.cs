using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Landfall.Testing;

namespace Landfall.Workers.Tests;

/// <summary>What a worker cannot do, and that it could without its sandbox.</summary>
public sealed class WorkerSandboxTests : IDisposable
{
    private const string Denied = nameof(UnauthorizedAccessException);

    private readonly WorkerBench _bench = new();
    private readonly WorkerBench _open = new() { IsConfined = false };

    public void Dispose()
    {
        _bench.Dispose();
        _open.Dispose();
    }

    [Fact]
    public async Task File_Outside_IsNotRead()
    {
        WorkerRequest request = WorkerBench.Request("read", _bench.File("outside/file"));

        Assert.Equal(Denied, await _bench.AttemptAsync(request));
        Assert.Equal("ok", await _open.AttemptAsync(request));
    }

    [Fact]
    public async Task Input_ReadOnly_IsReadAndNotWritten()
    {
        string file = _bench.File("input/file");
        ImmutableArray<string> folder = [Path.GetDirectoryName(file)!];
        WorkerRequest write = WorkerBench.Request("write", file) with { ReadOnlyPaths = folder };
        WorkerRequest create = WorkerBench.Request("write", file + "-new") with { ReadOnlyPaths = folder };
        WorkerRequest delete = WorkerBench.Request("delete", file) with { ReadOnlyPaths = folder };

        Assert.Equal("ok", await _bench.AttemptAsync(write with { Kind = "read" }));
        Assert.Equal(Denied, await _bench.AttemptAsync(write));
        Assert.Equal(Denied, await _bench.AttemptAsync(create));
        Assert.Equal(Denied, await _bench.AttemptAsync(delete));
        Assert.Equal("content", await File.ReadAllTextAsync(file));
        Assert.Equal("ok", await _open.AttemptAsync(write));
    }

    [Fact]
    public async Task Input_AFile_OpensNoOther()
    {
        string file = _bench.File("input/one");
        string other = _bench.File("input/two");
        WorkerRequest request = WorkerBench.Request("read", file) with { ReadOnlyPaths = [file] };

        Assert.Equal("ok", await _bench.AttemptAsync(request));
        Assert.Equal(Denied, await _bench.AttemptAsync(request with { Payload = other }));
    }

    [Fact]
    public async Task Input_LinkToOutside_IsNotFollowed()
    {
        string outside = _bench.File("outside/file");
        string link = Path.Combine(Path.GetDirectoryName(_bench.File("input/one"))!, "link");
        File.CreateSymbolicLink(link, outside);
        ImmutableArray<string> folder = [Path.GetDirectoryName(link)!];
        WorkerRequest request = WorkerBench.Request("read", link) with { ReadOnlyPaths = folder };

        Assert.Equal(Denied, await _bench.AttemptAsync(request));
        Assert.Equal("ok", await _open.AttemptAsync(request));
    }

    [Fact]
    public async Task Output_Writable_IsWritten()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_bench.Folder, "output")).FullName;
        string file = Path.Combine(folder, "file");
        WorkerRequest request = WorkerBench.Request("write", file) with { WritablePaths = [folder] };

        Assert.Equal("ok", await _bench.AttemptAsync(request));
        Assert.Equal("written", await File.ReadAllTextAsync(file));
    }

    [Theory]
    [InlineData("/tmp")]
    [InlineData("/")]
    [InlineData("/etc")]
    public async Task Folder_OfTheSystem_IsNotListed(string folder)
    {
        Assert.Equal(Denied, await _bench.AttemptAsync(WorkerBench.Request("list", folder)));
        Assert.Equal("ok", await _open.AttemptAsync(WorkerBench.Request("list", folder)));
    }

    [Fact]
    public async Task Environment_OfOtherProcesses_IsNotRead()
    {
        // Root may look into processes by a power of its own, which workers do without.
        WorkerRequest request = WorkerBench.Request("read", $"/proc/{Environment.ProcessId}/environ");

        Assert.Equal(Denied, await _bench.AttemptAsync(request));
        Assert.Equal("ok", await _open.AttemptAsync(request));
    }

    [Fact]
    public async Task Signal_ToAnotherProcess_IsNotSent()
    {
        WorkerRequest request = WorkerBench.Request("signal", Environment.ProcessId);

        Assert.Equal(Denied, await _bench.AttemptAsync(request));
        Assert.Equal("ok", await _open.AttemptAsync(request));
    }

    [Fact]
    public async Task Network_NotAllowed_IsOutOfReach()
    {
        using TcpListener listener = Listen();
        WorkerRequest request = WorkerBench.Request("connect", ((IPEndPoint)listener.LocalEndpoint).Port);

        Assert.Equal("SocketException AccessDenied", await _bench.AttemptAsync(request));
        Assert.Equal("SocketException AccessDenied", await _bench.AttemptAsync(request with { Kind = "datagram" }));
        Assert.Equal("ok", await _open.AttemptAsync(request));
        Assert.Equal("ok", await _open.AttemptAsync(request with { Kind = "datagram" }));
    }

    [Fact]
    public async Task Network_Allowed_IsReached()
    {
        using TcpListener listener = Listen();
        WorkerRequest request = WorkerBench.Request("connect", ((IPEndPoint)listener.LocalEndpoint).Port);

        Assert.Equal("ok", await _bench.AttemptAsync(request with { Network = true }));
    }

    [Fact]
    public async Task Program_Started_IsConfinedAsWell()
    {
        string script = _bench.File("input/script", "#!/bin/sh\ntrue\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        WorkerRequest request = WorkerBench.Request("run", script) with { ReadOnlyPaths = [script] };

        Assert.Equal("Win32Exception", await _bench.AttemptAsync(request));
        Assert.Equal("ok", await _open.AttemptAsync(request));
    }

    [Fact]
    public async Task Status_OfAReport_SaysWhatConfines()
    {
        WorkerReport report = await _bench.RunAsync(WorkerBench.Request("echo"));

        Assert.Equal(WorkerSandbox.Probe(), report.Sandbox);
        Assert.True(report.Sandbox.ConfinesFiles);
        Assert.Equal(SandboxStatus.None, (await _open.RunAsync(WorkerBench.Request("echo"))).Sandbox);
    }

    [Fact]
    public async Task Orchestrator_WithWorkers_HasOneConfinedThreadAWorker()
    {
        using Process orchestrator = Process.Start(new ProcessStartInfo(
            WorkerBench.Command.File, [WorkerBench.Command.Arguments[0], "census"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;

        Assert.Equal("1 free\n", await orchestrator.StandardOutput.ReadToEndAsync());
    }

    [Theory]
    [InlineData(1, 0x1fff)]
    [InlineData(2, 0x3fff)]
    [InlineData(3, 0x7fff)]
    [InlineData(4, 0x7fff)]
    [InlineData(5, 0xffff)]
    [InlineData(9, 0xffff)]
    public void Handled_ByVersion_AreTheKernelsRights(int abi, ulong rights) =>
        Assert.Equal(rights, (ulong)Landlock.Handled(abi));

    private static TcpListener Listen()
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }
}
