using System.Collections.Immutable;

namespace Landfall.Workers;

/// <summary>Puts together what a worker reported, what was seen of it and how it ended.</summary>
internal sealed class WorkerReportBuilder(WorkerRequest request)
{
    private ProcessSample _most = new();
    private string? _stopped;
    private volatile string? _begun;

    /// <summary>Adds what was seen of the running process.</summary>
    public void Count(ProcessSample sample) => _most = new()
    {
        RealBytes = Math.Max(_most.RealBytes, sample.RealBytes),
        MaxResidentBytes = Math.Max(_most.MaxResidentBytes, sample.MaxResidentBytes),
        ReadBytes = Math.Max(_most.ReadBytes, sample.ReadBytes),
        WrittenBytes = Math.Max(_most.WrittenBytes, sample.WrittenBytes),
        UserSeconds = Math.Max(_most.UserSeconds, sample.UserSeconds),
        SystemSeconds = Math.Max(_most.SystemSeconds, sample.SystemSeconds),
    };

    /// <summary>Notes what the worker is at.</summary>
    public void Begin(string what) => _begun = what;

    /// <summary>Notes why the worker is stopped.</summary>
    public void Stop(string code) => _stopped ??= code;

    public WorkerReport Report(
        WorkerExit exit, WorkerMessage? last, TimeSpan wall, ImmutableArray<string> tail, SecretRedactor redactor)
    {
        bool isDone = last?.Type == WorkerMessage.DoneType;
        return new()
        {
            Result = isDone ? last!.Result : null,
            Failure = isDone ? null : Redacted(Failure(exit, last), redactor),
            Usage = Usage(exit, last?.Usage ?? new(), wall),
            LogTail = tail,
        };
    }

    private WorkerUsage Usage(WorkerExit exit, WorkerUsage reported, TimeSpan wall) => new()
    {
        UserSeconds = Math.Max(exit.UserSeconds, Math.Max(reported.UserSeconds, _most.UserSeconds)),
        SystemSeconds = Math.Max(exit.SystemSeconds, Math.Max(reported.SystemSeconds, _most.SystemSeconds)),
        MaxResidentBytes = Math.Max(reported.MaxResidentBytes, _most.MaxResidentBytes),
        ReadBytes = Math.Max(reported.ReadBytes, _most.ReadBytes),
        WrittenBytes = Math.Max(reported.WrittenBytes, _most.WrittenBytes),
        WallSeconds = wall.TotalSeconds,
        Killed = exit.Signal != 0,
        Remote = reported.Remote,
    };

    private static WorkerFailure Redacted(WorkerFailure failure, SecretRedactor redactor) =>
        failure with { Message = redactor.Redact(failure.Message) };

    private WorkerFailure Failure(WorkerExit exit, WorkerMessage? last) => _stopped switch
    {
        WorkerCodes.Memory => new(
            WorkerCodes.Memory,
            $"The worker of the task {request.Kind} held {Mebibytes(_most.RealBytes)} of memory, more than the "
            + $"{Mebibytes(request.MemoryBytes)} of its pool with headroom, and was ended. Nothing it wrote is "
            + "visible, and no commit was made. Give the pool more memory or fewer threads, or the step less data, and "
            + "run again."),
        WorkerCodes.Timeout => new(
            WorkerCodes.Timeout,
            $"The worker of the task {request.Kind} took longer than its pool's timeout of {request.Timeout} and was "
            + "stopped. Nothing it wrote is visible, and no commit was made. Give the pool a longer timeout or more "
            + "threads, and run again."),
        WorkerCodes.Cancelled => new(
            WorkerCodes.Cancelled,
            $"The worker of the task {request.Kind} was stopped because the run was. Nothing it wrote is visible, and "
            + "no commit was made. Run again to go on."),
        _ => last?.Failure ?? new(
            WorkerCodes.Ended,
            $"The worker of the task {request.Kind} ended with {exit} and without a result{At}. Nothing it wrote "
            + "is visible, and no commit was made. The run's log holds what it said last ('landfall logs' shows it); "
            + "run again, and report it if it ends so every time."),
    };

    private string At => _begun is { } what ? $", when it was at {what}" : "";

    private static string Mebibytes(long bytes) => $"{bytes >> 20} MiB";
}
