using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Landfall.Estate;
using StreamJsonRpc;

namespace Landfall.Azure.Compiler;

/// <summary>
/// A running Bicep compiler, asked through JSON-RPC: a start costs a second, a further question little. One question at
/// a time. The process ends with this object.
/// </summary>
public sealed class BicepCompiler : IAsyncDisposable
{
    /// <summary>How long an answer may take before the compiler counts as hanging.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly JsonRpc _rpc;
    private readonly TimeSpan _patience;
    private readonly Task<string> _errors;

    private BicepCompiler(Process process, TimeSpan patience)
    {
        _process = process;
        _patience = patience;
        _errors = LastLineAsync(process.StandardError);
        SystemTextJsonFormatter formatter = new();
        formatter.JsonSerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        formatter.JsonSerializerOptions.PropertyNameCaseInsensitive = true;
        _rpc = new JsonRpc(new HeaderDelimitedMessageHandler(
            process.StandardInput.BaseStream, process.StandardOutput.BaseStream, formatter));
        _rpc.TraceSource.Switch.Level = SourceLevels.Off;
        _rpc.StartListening();
    }

    /// <summary>The compiler's version.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Id of the process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts the compiler and waits until it answers.</summary>
    /// <exception cref="LandfallException">LF5150 to LF5153.</exception>
    public static async Task<BicepCompiler> StartAsync(
        string path, TimeSpan patience, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(path, ["jsonrpc", "--stdio"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        BicepCompiler compiler;
        try
        {
            compiler = new(Process.Start(start)!, patience);
        }
        catch (Win32Exception failure)
        {
            throw new LandfallException(
                CheckCodes.NoCompiler,
                $"{path} cannot be started: {failure.Message}. Nothing was checked. Name a compiler that runs on this "
                + "machine with --bicep PATH.",
                failure);
        }

        try
        {
            compiler.Version = (await compiler.AskAsync<VersionAnswer>("bicep/version", new { }, cancellationToken))
                .Version;
            return compiler;
        }
        catch
        {
            await compiler.DisposeAsync();
            throw;
        }
    }

    /// <summary>Compiles a file of parameters and the template that it uses.</summary>
    /// <exception cref="LandfallException">LF5151 to LF5153.</exception>
    public async Task<Compilation> CompileAsync(string parameters, CancellationToken cancellationToken)
    {
        Compilation answer = await AskAsync<Compilation>(
            "bicep/compileParams",
            new { Path = parameters, ParameterOverrides = new Dictionary<string, string>() },
            cancellationToken);
        return answer.Diagnostics.IsDefault ? answer with { Diagnostics = [] } : answer;
    }

    /// <summary>Evaluates a file of parameters with its template.</summary>
    /// <exception cref="LandfallException">LF5151 to LF5153.</exception>
    public async Task<SnapshotAnswer> SnapshotAsync(
        string parameters, SnapshotMetadata metadata, CancellationToken cancellationToken)
    {
        try
        {
            SnapshotAnswer answer = await AskRawAsync<SnapshotAnswer>(
                "bicep/getSnapshot",
                new { Path = parameters, Metadata = metadata, ExternalInputs = (object?)null },
                cancellationToken);
            return answer;
        }
        catch (RemoteInvocationException failure)
        {
            return new(null, failure.Message);
        }
    }

    /// <summary>A file's text as the compiler formats it.</summary>
    /// <exception cref="LandfallException">LF5151 to LF5153.</exception>
    public async Task<string> FormatAsync(string path, CancellationToken cancellationToken) =>
        (await AskAsync<FormatAnswer>("bicep/format", new { Path = path }, cancellationToken)).Contents;

    /// <summary>Ends the process: asks it to by closing its input, then by force.</summary>
    public async ValueTask DisposeAsync()
    {
        _rpc.Dispose();
        try
        {
            using CancellationTokenSource soon = new(Farewell);
            await _process.WaitForExitAsync(soon.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        await _errors;
        _process.Dispose();
    }

    private async Task<T> AskAsync<T>(string method, object request, CancellationToken cancellationToken)
    {
        try
        {
            return await AskRawAsync<T>(method, request, cancellationToken);
        }
        catch (RemoteInvocationException failure)
        {
            throw Garbled($"{method} failed: {failure.Message}", failure);
        }
    }

    private async Task<T> AskRawAsync<T>(string method, object request, CancellationToken cancellationToken)
    {
        try
        {
            // Nothing is cancelled over the connection: a compiler that hangs would not read that.
            return await _rpc.InvokeAsync<T>(method, request).WaitAsync(_patience, cancellationToken);
        }
        catch (TimeoutException failure)
        {
            _process.Kill(entireProcessTree: true);
            throw new LandfallException(
                CheckCodes.CompilerHangs,
                $"The Bicep compiler gave no answer within {_patience.TotalSeconds:0} s and was ended. Nothing more "
                + "was checked. Run again; if it stays, try another version with --bicep PATH.",
                failure);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _process.Kill(entireProcessTree: true);
            throw;
        }
        catch (RemoteSerializationException failure)
        {
            throw Garbled(failure.Message, failure);
        }
        catch (Exception failure) when (
            failure is ConnectionLostException or ObjectDisposedException or IOException or JsonException)
        {
            throw failure is JsonException || await IsGarbledAsync()
                ? Garbled("its answer is no message", failure)
                : await EndedAsync(failure);
        }
    }

    /// <summary>Whether the connection ended by something that could not be read, and not with the process.</summary>
    private async Task<bool> IsGarbledAsync()
    {
        try
        {
            await _rpc.Completion;
            return false;
        }
        catch (Exception failure)
        {
            return failure is not (IOException or ObjectDisposedException or OperationCanceledException);
        }
    }

    private static LandfallException Garbled(string what, Exception failure) => new(
        CheckCodes.CompilerGarbled,
        $"The Bicep compiler does not answer as it should: {what}. Nothing more was checked. Use version 0.49 or "
        + "newer, named with --bicep PATH.",
        failure);

    private async Task<LandfallException> EndedAsync(Exception failure)
    {
        string said = _process.HasExited || _process.WaitForExit(Farewell) ? await _errors : "";
        return new(
            CheckCodes.CompilerEnded,
            $"The Bicep compiler ended before it answered{(said.Length > 0 ? ": " + said.TrimEnd('.') : "")}. Nothing "
            + "more was checked. Run again; if it stays, try another version with --bicep PATH.",
            failure);
    }

    /// <summary>Reads on until the end, so that the compiler never waits for a reader.</summary>
    private static async Task<string> LastLineAsync(StreamReader errors)
    {
        string last = "";
        while (await errors.ReadLineAsync() is { } line)
        {
            last = line.Trim().Length > 0 ? line.Trim() : last;
        }

        return last;
    }

    private sealed record VersionAnswer(string Version);

    private sealed record FilesAnswer(ImmutableArray<string> FilePaths);

    private sealed record FormatAnswer(string Contents);
}
