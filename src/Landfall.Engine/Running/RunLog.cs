using Landfall.Engine.Lakes;
using Landfall.Engine.Steps;
using Landfall.Posix;

namespace Landfall.Engine.Running;

/// <summary>
/// The log of one run, <c>logs/ID.log</c> in the home: how each step ended, and what workers wrote to standard error.
/// The file is made with its first line. It never throws: where it cannot be written, it ends there, and the run goes
/// on. Safe for concurrent use.
/// </summary>
internal sealed class RunLog : IDisposable
{
    private readonly LandfallHome _home;
    private readonly string _runId;
    private readonly TimeProvider _clock;
    private readonly LazyWriter _lazy;

    public RunLog(LandfallHome home, string runId, TimeProvider clock)
    {
        _home = home;
        _runId = runId;
        _clock = clock;
        _lazy = new LazyWriter(Open);
        Writer = TextWriter.Synchronized(_lazy);
    }

    /// <summary>Takes further lines.</summary>
    public TextWriter Writer { get; }

    /// <summary>Why the log ends before the run does; null where it does not.</summary>
    public Exception? Problem => _lazy.Problem;

    /// <summary>Writes how a step ended; steps with nothing to do leave no line.</summary>
    public void Write(StepNode node, StepOutcome outcome)
    {
        if (outcome.State is StepState.UpToDate or StepState.Interrupted)
        {
            return;
        }

        string at = _clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
        Writer.WriteLine($"{at} {outcome.State} {node.Kind} {node.Key} {outcome.Reason} rows={outcome.Rows} "
            + $"bytes={outcome.Bytes} quarantined={outcome.Quarantined} "
            + $"seconds={outcome.Seconds:F3} wait={outcome.WaitSeconds:F3} {outcome.FailureCode}");
        if (outcome.FailureMessage.Length > 0)
        {
            Writer.WriteLine("  " + outcome.FailureMessage);
        }

        foreach (string warning in outcome.Warnings)
        {
            Writer.WriteLine("  warning: " + warning);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => Writer.Dispose();

    private StreamWriter Open()
    {
        Directory.CreateDirectory(_home.Logs);
        return new StreamWriter(Path.Combine(_home.Logs, _runId + ".log"), append: true) { AutoFlush = true };
    }

    /// <summary>Opens its file with the first write, so that a run with nothing to say leaves none.</summary>
    private sealed class LazyWriter(Func<StreamWriter> open) : TextWriter
    {
        private StreamWriter? _inner;
        private volatile Exception? _problem;

        public Exception? Problem => _problem;

        public override System.Text.Encoding Encoding => System.Text.Encoding.UTF8;

        public override void Write(char value) => Write(w => w.Write(value));

        public override void Write(string? value) => Write(w => w.Write(value));

        public override void WriteLine(string? value) => Write(w => w.WriteLine(value));

        protected override void Dispose(bool disposing)
        {
            Try(() => _inner?.Dispose());
            base.Dispose(disposing);
        }

        private void Write(Action<StreamWriter> write)
        {
            if (_problem is null)
            {
                Try(() => write(_inner ??= open()));
            }
        }

        private void Try(Action call)
        {
            try
            {
                call();
            }
            catch (Exception e) when (PosixCalls.IsOfFiles(e))
            {
                _problem ??= e;
            }
        }
    }
}
