using Landfall.Estate;

namespace Landfall.Engine.Spark.Connect;

/// <summary>
/// Spark failed a statement (<c>LF4334</c>), or lost the memory or the executor that it ran in (<c>LF4337</c>).
/// </summary>
/// <remarks>
/// The message holds Spark's own text, without stack traces; it may quote the statement and values of the data: whoever
/// shows it to somebody who may not see the data shows <see cref="Reportable"/> instead.
/// </remarks>
public sealed class SparkException : LandfallException
{
    internal SparkException(
        string code, string errorClass, string sqlState, SparkErrorContext? context, string message,
        Exception? inner = null)
        : base(code, message, inner) =>
        (ErrorClass, SqlState, Context) = (errorClass, sqlState, context);

    /// <summary>Spark's name of the error, for example <c>DIVIDE_BY_ZERO</c>; empty where it gave none.</summary>
    public string ErrorClass { get; }

    /// <summary>The SQLSTATE, for example <c>22012</c>; empty where Spark gave none.</summary>
    public string SqlState { get; }

    /// <summary>The place in the statement's text; null where Spark told none.</summary>
    public SparkErrorContext? Context { get; }

    /// <summary>
    /// The same message where it can only speak of the statement; the error's class, SQLSTATE and place where it may
    /// quote rows.
    /// </summary>
    public override LandfallException Reportable() =>
        Code == SparkCodes.Executor || StatementErrors.Hold(ErrorClass)
            ? this
            : new SparkException(Code, ErrorClass, SqlState, Context, Told(), this);

    private string Told()
    {
        string kind = (ErrorClass, SqlState) switch
        {
            ("", "") => "an error without a class",
            (string name, "") => $"the error {name}",
            ("", string state) => $"an error of SQLSTATE {state}",
            (string name, string state) => $"the error {name} (SQLSTATE {state})",
        };
        string place = Context is null ? ""
            : $" at characters {Context.Start + 1} to {Context.Stop + 1} of the statement";
        return $"Spark failed a statement with {kind}{place}. Its text may quote rows and is not kept. No commit was "
            + "made. Query the inputs for the value that does not fit, for example with try_cast.";
    }
}
