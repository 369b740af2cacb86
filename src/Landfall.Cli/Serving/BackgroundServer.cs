using System.Diagnostics;
using System.Text.Json;
using Landfall.Engine.Lakes;
using Landfall.Estate;
using Landfall.Posix;
using Landfall.Workers;

namespace Landfall.Cli.Serving;

/// <summary>
/// <c>landfall serve</c> without a terminal, one a home: it goes on after the command that started it. A file in the
/// home names its process and address while it runs.
/// </summary>
/// <param name="home">The home.</param>
internal sealed class BackgroundServer(LandfallHome home)
{
    /// <summary>Seconds.</summary>
    private const long StartTolerance = 2;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    /// <summary>What it writes instead of to a terminal.</summary>
    public string LogFile { get; } = Path.Combine(home.Serving, "serve.log");

    private string NoteFile => Path.Combine(home.Serving, "serve.json");

    /// <summary>Where its endpoints are, empty where it has none; null where none runs.</summary>
    public string? Find() => Read() is { } note && IsRunning(note) ? note.Address : null;

    /// <summary>Starts one unless one runs, and waits until it answers.</summary>
    /// <param name="arguments">The command line after the program.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Where it listens.</returns>
    /// <exception cref="LandfallException">LF4322: it did not start.</exception>
    public async Task<string> EnsureAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (Find() is { } running)
        {
            return running;
        }

        Directory.CreateDirectory(home.Serving);
        File.Delete(NoteFile);
        using Process shell = Start(arguments);
        await shell.WaitForExitAsync(cancellationToken);
        long started = Stopwatch.GetTimestamp();
        string mark = LogFile + ".ended";
        while (Stopwatch.GetElapsedTime(started) < _patience && !File.Exists(mark))
        {
            if (Find() is { } address)
            {
                return address;
            }

            await Task.Delay(_pause, cancellationToken);
        }

        throw new LandfallException(
            "LF4322",
            $"The endpoints do not start in the background. Tables and what is published are as the run left them. "
            + $"What it said stands in {LogFile}: {Tail()}");
    }

    /// <summary>Notes this process as the one in the background, until the answer is disposed.</summary>
    /// <param name="address">Where endpoints are; null where it has none.</param>
    public IDisposable Announce(Uri? address)
    {
        Directory.CreateDirectory(home.Serving);
        string unfinished = NoteFile + ".new";
        File.WriteAllText(unfinished, JsonSerializer.Serialize(
            new BackgroundNote(Environment.ProcessId, StartOf(Environment.ProcessId), address?.ToString() ?? ""),
            BackgroundJson.Default.BackgroundNote));
        PosixCalls.Rename(unfinished, NoteFile);
        return new Note(NoteFile);
    }

    /// <summary>Stops it: requests under way end, and what it holds is committed. False where none ran.</summary>
    public async Task<bool> StopAsync(CancellationToken cancellationToken)
    {
        if (Read() is not { } note || !IsRunning(note))
        {
            return false;
        }

        PosixCalls.Terminate(note.ProcessId);
        long started = Stopwatch.GetTimestamp();
        while (IsRunning(note))
        {
            if (Stopwatch.GetElapsedTime(started) > _patience)
            {
                throw new LandfallException(
                    "LF4322",
                    $"The endpoints in the background (process {note.ProcessId}) do not stop. Look at {LogFile}, or "
                    + "end the process.");
            }

            await Task.Delay(_pause, cancellationToken);
        }

        return true;
    }

    /// <summary>A shell that ends at once; what it started has no terminal and is in no group of ours.</summary>
    private Process Start(IReadOnlyList<string> arguments)
    {
        const string Script = """
            log=$1; shift
            rm -f "$log.ended"
            command -v setsid >/dev/null 2>&1 && set -- setsid "$@"
            { "$@"; : >"$log.ended"; } </dev/null >>"$log" 2>&1 &
            """;
        WorkerCommand self = WorkerCommand.Current();
        ProcessStartInfo start = new("/bin/sh")
        {
            UseShellExecute = false, WorkingDirectory = Environment.CurrentDirectory,
        };
        foreach (string word in (string[])
            ["-c", Script, "sh", LogFile, self.File, .. self.Arguments[..^1], .. arguments])
        {
            start.ArgumentList.Add(word);
        }

        return Process.Start(start)!;
    }

    private BackgroundNote? Read()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(NoteFile), BackgroundJson.Default.BackgroundNote);
        }
        catch (Exception absent) when (absent is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Two processes may reckon the start of a third a little differently.</summary>
    private static bool IsRunning(BackgroundNote note) =>
        StartOf(note.ProcessId) is var started and > 0 && Math.Abs(started - note.Started) <= StartTolerance;

    /// <summary>When a process started, which tells it from a later one of its number; 0 where there is none.</summary>
    private static long StartOf(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return process.HasExited ? 0 : process.StartTime.ToUniversalTime().Ticks / TimeSpan.TicksPerSecond;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException
            or System.ComponentModel.Win32Exception)
        {
            return 0;
        }
    }

    /// <summary>Takes the note away when the process ends in order.</summary>
    private sealed class Note(string file) : IDisposable
    {
        public void Dispose() => File.Delete(file);
    }

    private string Tail()
    {
        string text = File.Exists(LogFile) ? File.ReadAllText(LogFile).Trim() : "";
        return text.Length <= 600 ? text : "… " + text[^600..];
    }
}
