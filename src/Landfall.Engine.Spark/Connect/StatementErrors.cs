namespace Landfall.Engine.Spark.Connect;

/// <summary>Spark's error classes whose texts speak of statements, tables, columns and files, never of rows.</summary>
internal static class StatementErrors
{
    private static readonly string[] Prefixes =
    [
        "AGGREGATE_FUNCTION_", "AMBIGUOUS_", "CANNOT_MODIFY_", "COLUMN_ALREADY_EXISTS", "COLUMN_NOT_FOUND",
        "DATATYPE_MISMATCH", "FAILED_READ_FILE", "GROUP_BY_", "INSERT_COLUMN_ARITY_MISMATCH",
        "INVALID_SQL_SYNTAX", "MISSING_", "NESTED_AGGREGATE_FUNCTION", "NON_FOLDABLE_", "NUM_COLUMNS_MISMATCH",
        "PARSE_EMPTY_STATEMENT", "PARSE_SYNTAX_ERROR", "PATH_ALREADY_EXISTS", "PATH_NOT_FOUND",
        "ROUTINE_NOT_FOUND", "SCHEMA_NOT_FOUND", "TABLE_OR_VIEW_", "UNRESOLVED_", "UNSUPPORTED_",
        "WINDOW_FUNCTION_", "WRONG_NUM_ARGS",
    ];

    /// <summary>Whether the class is one of them.</summary>
    /// <param name="errorClass">As Spark gives it, with or without a part after a dot.</param>
    public static bool Hold(string errorClass) =>
        Array.Exists(Prefixes, p => errorClass.StartsWith(p, StringComparison.Ordinal));
}
