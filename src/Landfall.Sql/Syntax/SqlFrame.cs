namespace Landfall.Sql.Syntax;

/// <summary>The rows that a window function sees; named after DuckDB's boundaries.</summary>
/// <param name="Start">Where it begins, for example <c>EXPR_PRECEDING_ROWS</c>.</param>
/// <param name="StartOffset">How far; null where <paramref name="Start"/> says it.</param>
/// <param name="End">Where it ends.</param>
/// <param name="EndOffset">How far; null where <paramref name="End"/> says it.</param>
/// <param name="Excludes">Whether an EXCLUDE takes rows out.</param>
internal sealed record SqlFrame(
    string Start, SqlExpression? StartOffset, string End, SqlExpression? EndOffset, bool Excludes)
{
    /// <summary>Whether it is what an ORDER BY gives when no frame is written.</summary>
    public bool IsDefault => Start == "UNBOUNDED_PRECEDING" && End == "CURRENT_ROW_RANGE" && !Excludes;

    /// <summary>Whether it counts groups of peers, which Spark cannot.</summary>
    public bool IsOfGroups =>
        Start.EndsWith("_GROUPS", StringComparison.Ordinal) || End.EndsWith("_GROUPS", StringComparison.Ordinal);

    /// <summary>Whether its bounds are values of the ordering key, not numbers of rows.</summary>
    public bool IsRange =>
        Start.EndsWith("_RANGE", StringComparison.Ordinal) || End.EndsWith("_RANGE", StringComparison.Ordinal);
}
