using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Landfall.Estate;
using Landfall.Posix;
using Microsoft.Win32.SafeHandles;

namespace Landfall.Workers;

/// <summary>A program's life as a worker: one request, one task, one report.</summary>
public static class WorkerHost
{
    private const int StandardOutput = 1;
    private const int StandardError = 2;
    private const int Orphaned = 3;

    /// <summary>
    /// Reads a request, runs its task and reports. The process ends when the one that started it does, and the task is
    /// cancelled when the input ends.
    /// </summary>
    /// <param name="tasks">The tasks that this program knows.</param>
    /// <param name="input">The standard input, opened anew.</param>
    /// <param name="output">
    /// The standard output, opened anew: what others write to the standard output afterwards goes to the log.
    /// </param>
    /// <param name="clock">Measures time.</param>
    /// <param name="cancellationToken">Cancels the task.</param>
    /// <returns>The exit code: 0 where a report was written, of success or of failure.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<IWorkerTask> tasks, Stream input, Stream output, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        Libc.DieWithParent();
        Libc.LeaveNoCore();
        _ = Libc.Duplicate(StandardError, StandardOutput);
        if (Receive(input) is not { } envelope || Libc.ParentId() != envelope.ParentId)
        {
            return Orphaned;
        }

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task ended = StopAtEnd(input, stop);
        WorkerMessageWriter messages = new(output, clock);
        WorkerContext context = new(envelope.Request, envelope.ScratchFolder, messages.Progress);
        WorkerMessage last = ended.IsCompleted
            ? Failed(WorkerCodes.Cancelled, "The worker was stopped before it began.")
            : await WorkAsync(tasks, envelope.Request, context, stop.Token);
        messages.Write(last with { Usage = OwnUsage() with { Remote = context.Remote } });
        return 0;
    }

    private static WorkerEnvelope? Receive(Stream input)
    {
        using MemoryStream line = new();
        byte[] buffer = new byte[64 << 10];
        while (input.Read(buffer) is var read and > 0)
        {
            line.Write(buffer, 0, read);
            if (buffer[read - 1] == '\n')
            {
                return JsonSerializer.Deserialize(
                    line.GetBuffer().AsSpan(0, (int)line.Length), WorkerJson.Default.WorkerEnvelope);
            }
        }

        return null;
    }

    /// <summary>Nothing comes after the request but the end, which says to stop.</summary>
    private static Task StopAtEnd(Stream input, CancellationTokenSource stop) => Task.Factory.StartNew(
        () =>
        {
            while (input.ReadByte() >= 0)
            {
                // Nothing is asked of a worker at work.
            }

            stop.Cancel();
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private static async Task<WorkerMessage> WorkAsync(
        IReadOnlyList<IWorkerTask> tasks, WorkerRequest request, WorkerContext context,
        CancellationToken cancellationToken)
    {
        try
        {
            IWorkerTask task = tasks.FirstOrDefault(t => t.Kind == request.Kind)
                ?? throw new InvalidOperationException($"This program has no task {request.Kind}.");
            JsonElement payload = JsonSerializer.SerializeToElement(request.Payload, WorkerJson.Default.JsonNode);
            JsonNode result = await task.RunAsync(payload, context, cancellationToken);
            return new() { Type = WorkerMessage.DoneType, Result = result };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Failed(WorkerCodes.Cancelled, $"The task {request.Kind} was stopped.");
        }
        catch (Exception problem) when (PosixCalls.FullOf(problem) is { } full)
        {
            return Failed(full.Code, full.Message);
        }
        catch (LandfallException problem)
        {
            LandfallException told = problem.Reportable();
            return Failed(told.Code, told.Message);
        }
        catch (OutOfMemoryException)
        {
            return Failed(
                WorkerCodes.Memory,
                $"The task {request.Kind} needs more memory than the pool's {request.MemoryBytes >> 20} MiB. Nothing "
                + "it wrote is visible, and no commit was made. Give the pool more memory, and run again.");
        }
        catch (Exception problem)
        {
            Log($"{problem.GetType()}\n{problem.StackTrace}");
            return Failed(WorkerCodes.Unexpected, Unexpected(request.Kind, problem));
        }
    }

    /// <summary>Messages of exceptions may quote data, but those of files and sockets name only them.</summary>
    private static string Unexpected(string kind, Exception problem)
    {
        bool isSafe = problem is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException;
        string text = isSafe ? $"{problem.GetType().Name}: {problem.Message}" : problem.GetType().Name;
        return $"The task {kind} failed unexpectedly with {text.TrimEnd('.')}. Nothing it wrote is visible, and no "
            + "commit was made. The run's log holds where ('landfall logs' shows it).";
    }

    private static WorkerMessage Failed(string code, string message) =>
        new() { Type = WorkerMessage.FailedType, Failure = new(code, message) };

    private static void Log(string text)
    {
        using FileStream error = new(new SafeFileHandle(StandardError, ownsHandle: false), FileAccess.Write, 0);
        error.Write(Encoding.UTF8.GetBytes(text + "\n"));
    }

    private static WorkerUsage OwnUsage()
    {
        ProcessSample sample = ProcessSample.Take(Environment.ProcessId) ?? new();
        Environment.ProcessCpuUsage usage = Environment.CpuUsage;
        return new()
        {
            UserSeconds = usage.UserTime.TotalSeconds,
            SystemSeconds = usage.PrivilegedTime.TotalSeconds,
            MaxResidentBytes = sample.MaxResidentBytes,
            ReadBytes = sample.ReadBytes,
            WrittenBytes = sample.WrittenBytes,
        };
    }
}
