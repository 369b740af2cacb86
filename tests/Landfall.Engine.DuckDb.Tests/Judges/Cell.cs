namespace Landfall.Engine.DuckDb.Tests.Judges;

/// <summary>A value that was written.</summary>
/// <param name="Sql">How DuckDB is told it.</param>
/// <param name="Text">Its canonical text, which <see cref="JudgedColumn"/> makes of what any engine answers.</param>
/// <param name="Literal">What a predicate of ours compares with; null where none can.</param>
public sealed record Cell(string Sql, string Text, object? Literal = null)
{
    /// <summary>The text of NULL.</summary>
    public const string Nothing = "∅";

    /// <summary>NULL.</summary>
    public static Cell Null { get; } = new("null", Nothing);
}
