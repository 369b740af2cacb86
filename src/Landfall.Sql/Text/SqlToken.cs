namespace Landfall.Sql.Text;

/// <summary>A piece of SQL text; tokens of a text lie side by side and cover it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Index of its first character.</param>
/// <param name="Value">Its characters as they stand.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, int Start, string Value)
{
    /// <summary>Index after its last character.</summary>
    public int End => Start + Value.Length;

    /// <summary>Blanks and comments say nothing.</summary>
    public bool IsTrivia => Kind is SqlTokenKind.Space or SqlTokenKind.Comment;

    /// <summary>Whether this is the word or symbol, in any case.</summary>
    public bool Is(string value) =>
        Kind is SqlTokenKind.Word or SqlTokenKind.Symbol && Value.Equals(value, StringComparison.OrdinalIgnoreCase);
}
