using System.Text.Json;

namespace Landfall.Workers;

/// <summary>One worker from its start to its report: feeds it, listens to it, watches its limits, ends it.</summary>
internal sealed class WorkerRun(
    WorkerProcess process,
    WorkerRequest request,
    TimeProvider clock,
    TimeSpan grace,
    TextWriter log,
    IProgress<WorkerProgress>? progress)
{
    private const int MessageLength = 64 << 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly long _started = clock.GetTimestamp();
    private readonly SecretRedactor _redactor = new(request.Secrets.Values);
    private readonly WorkerReportBuilder _report = new(request);
    private readonly WorkerLog _log = new(log, new(request.Secrets.Values));
    private volatile WorkerMessage? _last;
    private long? _stopping;

    /// <summary>
    /// Follows the worker to its end. Cancellation stops it; it is no exception but a failure of the report.
    /// </summary>
    public async Task<WorkerReport> FollowAsync(string scratchFolder, CancellationToken cancellationToken)
    {
        Task output = Listen(process.Output, MessageLength, Hear);
        Task error = Listen(process.Error, WorkerLog.ReadLength, _log.Write);
        Task input = SendAsync(new(Environment.ProcessId, scratchFolder, request));
        while (!process.Exit.IsCompleted)
        {
            await Task.WhenAny(process.Exit, Task.Delay(Interval, clock, CancellationToken.None));
            Supervise(cancellationToken);
        }

        WorkerExit exit = await process.Exit;
        await Task.WhenAll(output, error, input);
        return _report.Report(exit, _last, clock.GetElapsedTime(_started), _log.Tail, _redactor);
    }

    /// <summary>
    /// Reads on a thread of its own: a pipe's reads block, and a pool of few threads has none to spare.
    /// </summary>
    private Task Listen(Stream stream, int lineLength, Action<string> hear) => Task.Factory.StartNew(
        () =>
        {
            try
            {
                using LineReader reader = new(stream, lineLength);
                while (reader.Read() is { } line)
                {
                    hear(line);
                }
            }
            catch
            {
                // Nobody listens any more: the worker would wait for ever to be heard.
                process.Kill();
                throw;
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private async Task SendAsync(WorkerEnvelope envelope)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(envelope, WorkerJson.Default.WorkerEnvelope), (byte)'\n'];
        try
        {
            await process.Input.WriteAsync(line);
        }
        catch (IOException)
        {
            // The worker ended before it had read; its end says more.
        }
        catch (ObjectDisposedException)
        {
            // It was stopped before it had read.
        }
    }

    private void Hear(string line)
    {
        if (Message(line) is not { } message)
        {
            _log.Write(line);
        }
        else if (message.Progress?.Begins is { } what)
        {
            _report.Begin(what);
        }
        else if (message.Progress is { } done)
        {
            progress?.Report(done);
        }
        else
        {
            _last = message;
        }
    }

    /// <summary>The message in a line; null where the program said something before it was a worker.</summary>
    private static WorkerMessage? Message(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, WorkerJson.Default.WorkerMessage);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Supervise(CancellationToken cancellationToken)
    {
        if (ProcessSample.Take(process.Id) is { } sample)
        {
            _report.Count(sample);
            if (sample.RealBytes > WorkerLimits.EndAbove(request.MemoryBytes))
            {
                _report.Stop(WorkerCodes.Memory);
                process.Kill();
            }
        }

        if (_stopping is { } since)
        {
            if (clock.GetElapsedTime(since) > grace)
            {
                process.Kill();
            }
        }
        else if (_last is not null)
        {
            // It has said everything and should be gone.
            _stopping = clock.GetTimestamp();
        }
        else if (cancellationToken.IsCancellationRequested)
        {
            Stop(WorkerCodes.Cancelled);
        }
        else if (clock.GetElapsedTime(_started) > request.Timeout)
        {
            Stop(WorkerCodes.Timeout);
        }
    }

    /// <summary>The end of its input tells the worker to stop.</summary>
    private void Stop(string code)
    {
        _report.Stop(code);
        _stopping = clock.GetTimestamp();
        process.Input.Dispose();
    }
}
