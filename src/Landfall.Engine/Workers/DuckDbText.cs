using Landfall.DuckDb;

namespace Landfall.Engine.Workers;

/// <summary>DuckDB's messages as they may leave a worker.</summary>
internal static class DuckDbText
{
    /// <summary>
    /// The message where it can only speak of the statement; the kind of problem where it may quote rows.
    /// </summary>
    public static string Of(DuckDbException problem) => problem.ErrorType switch
    {
        DuckDbErrorType.Binder or DuckDbErrorType.Catalog or DuckDbErrorType.Parser or DuckDbErrorType.Syntax
            or DuckDbErrorType.OutOfMemory or DuckDbErrorType.IO or DuckDbErrorType.Permission
            or DuckDbErrorType.InvalidConfiguration => problem.Message,
        DuckDbErrorType type => $"DuckDB failed a statement with an error of the kind {type}. Its text may quote rows "
            + "and is not kept. Nothing the worker wrote is visible, and no commit was made. Query the inputs for the "
            + "value that does not fit, for example with try_cast.",
    };
}
