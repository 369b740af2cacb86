namespace Landfall.Sql.Text;

/// <summary>What a token is.</summary>
internal enum SqlTokenKind
{
    /// <summary>Blanks and line ends.</summary>
    Space,

    /// <summary><c>-- …</c> or <c>/* … */</c>.</summary>
    Comment,

    /// <summary>A keyword or a bare identifier.</summary>
    Word,

    /// <summary><c>"x"</c>.</summary>
    QuotedName,

    /// <summary><c>'x'</c>.</summary>
    Text,

    /// <summary>A string of another form: <c>e'x'</c>, <c>$$x$$</c>.</summary>
    ForeignText,

    /// <summary>A number.</summary>
    Number,

    /// <summary><c>@name</c>.</summary>
    Macro,

    /// <summary>Punctuation and operators.</summary>
    Symbol,
}
