using System.Runtime.InteropServices;
using Landfall.Estate;

namespace Landfall.DuckDb;

/// <summary>DuckDB failed a statement (<c>LF4100</c>) or could not open a database (<c>LF4103</c>).</summary>
/// <remarks>
/// The message holds DuckDB's own text, which may quote the statement and values of the data: whoever shows it to
/// somebody who may not see the data shows <see cref="Reportable"/> instead.
/// The statement that failed changed nothing; an explicit transaction around it is aborted and must be rolled back.
/// </remarks>
public sealed class DuckDbException : LandfallException
{
    internal DuckDbException(string code, DuckDbErrorType errorType, string message)
        : base(code, message) => ErrorType = errorType;

    /// <summary>DuckDB's classification of the error.</summary>
    public DuckDbErrorType ErrorType { get; }

    /// <summary>
    /// LF4211 where space ran out; the same message where it can only speak of the statement; the kind of problem where
    /// it may quote rows.
    /// </summary>
    public override LandfallException Reportable() => (LandfallException?)StorageFull() ?? ErrorType switch
    {
        DuckDbErrorType.Binder or DuckDbErrorType.Catalog or DuckDbErrorType.Parser or DuckDbErrorType.Syntax
            or DuckDbErrorType.OutOfMemory or DuckDbErrorType.IO or DuckDbErrorType.Permission
            or DuckDbErrorType.InvalidConfiguration => this,
        DuckDbErrorType type => new LandfallException(
            Code,
            $"DuckDB failed a statement with an error of the kind {type}. Its text may quote rows and is not kept. "
            + "Nothing the worker wrote is visible, and no commit was made. Query the inputs for the value that does "
            + "not fit, for example with try_cast.",
            this),
    };

    /// <summary>LF4211 where files could not be written for want of space; null for every other failure.</summary>
    /// <remarks>DuckDB writes files of its own and says why it cannot in the text alone.</remarks>
    public StorageException? StorageFull() => ErrorType == DuckDbErrorType.IO
        ? StorageException.FullErrors
            .Where(e => Message.Contains(Marshal.GetPInvokeErrorMessage(e), StringComparison.Ordinal))
            .Select(e => StorageException.Full(e, this)).FirstOrDefault()
        : null;

    /// <summary>A statement failed; the type is the one DuckDB gave, or read from the text without one.</summary>
    internal static DuckDbException Statement(string? text, DuckDbErrorType type = DuckDbErrorType.Invalid) =>
        new(
            DuckDbCodes.Statement,
            type == DuckDbErrorType.Invalid ? TypeFromText(text) : type,
            string.IsNullOrEmpty(text) ? "DuckDB failed without saying why." : text);

    /// <summary>Messages begin with the type's words, for example <c>Invalid Input Error: …</c>.</summary>
    internal static DuckDbErrorType TypeFromText(string? text)
    {
        int end = text?.IndexOf(" Error:", StringComparison.Ordinal) ?? -1;
        if (end <= 0)
        {
            return DuckDbErrorType.Invalid;
        }

        string words = text![..end];
        return words switch
        {
            "INTERNAL" => DuckDbErrorType.Internal,
            "FATAL" => DuckDbErrorType.Fatal,
            "TransactionContext" => DuckDbErrorType.Transaction,
            _ => Enum.TryParse(words.Replace(" ", ""), ignoreCase: true, out DuckDbErrorType type)
                ? type
                : DuckDbErrorType.Invalid,
        };
    }
}
