using Landfall.Estate;

namespace Landfall.DuckDb;

/// <summary>DuckDB failed a statement (<c>LF4100</c>) or could not open a database (<c>LF4103</c>).</summary>
/// <remarks>
/// The message holds DuckDB's own text, which may quote the statement and values of the data: whoever shows it to
/// somebody who may not see the data shows <see cref="LandfallException.Code"/> and <see cref="ErrorType"/> instead.
/// The statement that failed changed nothing; an explicit transaction around it is aborted and must be rolled back.
/// </remarks>
public sealed class DuckDbException : LandfallException
{
    internal DuckDbException(string code, DuckDbErrorType errorType, string message)
        : base(code, message) => ErrorType = errorType;

    /// <summary>DuckDB's classification of the error.</summary>
    public DuckDbErrorType ErrorType { get; }

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
