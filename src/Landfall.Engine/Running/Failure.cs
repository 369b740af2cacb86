using Landfall.Estate;
using Landfall.Posix;

namespace Landfall.Engine.Running;

/// <summary>What an exception means to people: a code and a message, whatever it is.</summary>
/// <param name="Code">The diagnostic code.</param>
/// <param name="Message">What failed, what state the data is in and what to do next.</param>
/// <param name="IsForeseen">Whether the message says all; otherwise the log needs to say where it arose.</param>
internal sealed record Failure(string Code, string Message, bool IsForeseen)
{
    /// <summary>Code of a step that failed in a way that nobody foresaw.</summary>
    public const string Unexpected = "LF4013";

    /// <summary>Names an exception.</summary>
    public static Failure Of(Exception problem) => problem switch
    {
        LandfallException known when known.Reportable() is var told => new(told.Code, told.Message, true),
        _ when PosixCalls.IsOfFiles(problem) => new(
            PosixCalls.FullOf(problem)?.Code ?? "LF4210",
            $"{problem.Message.TrimEnd('.')}. What was committed before is whole, and nothing unfinished is visible. "
            + "Mend the storage or the rights of that path, then run again.",
            true),

        // The text of any other may quote data.
        _ => new(
            Unexpected,
            $"A {problem.GetType().Name} came up that nobody foresaw. What was committed before is whole, and nothing "
            + "unfinished is visible. The run's log holds where ('landfall logs' shows it); run again, and report it "
            + "if it stays.",
            false),
    };
}
