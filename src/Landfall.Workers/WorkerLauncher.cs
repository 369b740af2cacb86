using System.ComponentModel;
using Landfall.Posix;
using Microsoft.Win32.SafeHandles;

namespace Landfall.Workers;

/// <summary>Starts worker processes, confined, limited and metered. Safe for concurrent use.</summary>
/// <param name="command">The program that is started; see <see cref="WorkerCommand.Current"/>.</param>
/// <param name="clock">Measures time.</param>
/// <param name="scratchRoot">The folder in which each worker has a scratch folder while it runs.</param>
public sealed class WorkerLauncher(WorkerCommand command, TimeProvider clock, string scratchRoot)
{
    /// <summary>How long a worker may take to stop by itself before it is ended.</summary>
    internal TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Switched off only to show that it is the confinement that denies.</summary>
    internal bool IsConfined { get; init; } = true;

    /// <summary>Runs a task in a process of its own and waits for its end.</summary>
    /// <param name="request">What to do, with what, within which limits.</param>
    /// <param name="progress">Told how far it is, from a thread of its own, at most ten times a second.</param>
    /// <param name="log">
    /// Receives what the worker writes to its log, without secrets; it must be safe for concurrent use if shared.
    /// </param>
    /// <param name="cancellationToken">
    /// Stops the worker: the report then holds <c>LF4244</c>, and what it used.
    /// </param>
    /// <returns>
    /// The report. Failures are the task's own or <c>LF4240</c> not started, <c>LF4241</c> too much memory,
    /// <c>LF4242</c> timeout, <c>LF4243</c> ended without a result, <c>LF4245</c> an unexpected error.
    /// </returns>
    public async Task<WorkerReport> RunAsync(
        WorkerRequest request, IProgress<WorkerProgress>? progress, TextWriter log, CancellationToken cancellationToken)
    {
        using var scratch = LeasedFolder.Create(scratchRoot);
        try
        {
            using WorkerProcess process = Start(request, scratch.Path);
            WorkerRun run = new(process, request, clock, Grace, log, progress);
            return await run.FollowAsync(scratch.Path, cancellationToken) with { Sandbox = Status(request) };
        }
        catch (Win32Exception problem)
        {
            return NotStarted(problem) with { Sandbox = Status(request) };
        }
    }

    private WorkerProcess Start(WorkerRequest request, string scratch)
    {
        Dictionary<string, string> environment =
            WorkerEnvironment.Of(Environment.GetEnvironmentVariables(), scratch, request.MemoryBytes);
        if (!IsConfined)
        {
            return WorkerProcess.Start(command, environment, null, []);
        }

        using SafeFileHandle? ruleset = WorkerSandbox.Ruleset(command, request, scratch);
        return WorkerProcess.Start(command, environment, ruleset, WorkerSandbox.Filter(request));
    }

    private SandboxStatus Status(WorkerRequest request)
    {
        SandboxStatus status = IsConfined ? WorkerSandbox.Probe() : SandboxStatus.None;
        return request.Network ? status with { SocketFilter = false } : status;
    }

    private WorkerReport NotStarted(Win32Exception problem) => new()
    {
        Failure = new(
            WorkerCodes.Start,
            $"The worker {command.File} does not start: {problem.Message} (errno {problem.NativeErrorCode}). Nothing "
            + "was read or written. Run 'landfall doctor' to see what this machine lacks."),
        Usage = new(),
        Sandbox = SandboxStatus.None,
    };
}
