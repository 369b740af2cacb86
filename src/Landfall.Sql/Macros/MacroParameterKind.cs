namespace Landfall.Sql.Macros;

/// <summary>What a macro takes in one place.</summary>
internal enum MacroParameterKind
{
    /// <summary>Any expression.</summary>
    Expression,

    /// <summary>A whole number written out.</summary>
    Integer,

    /// <summary>A string written out.</summary>
    Text,

    /// <summary>A regular expression of the portable kind, written out.</summary>
    Pattern,

    /// <summary>A regular expression of the portable kind that matches at least one character, written out.</summary>
    SomePattern,

    /// <summary>A replacement without references, written out.</summary>
    Replacement,

    /// <summary>One of the date formats both engines have, written out.</summary>
    Format,

    /// <summary>A time zone by area and place, written out.</summary>
    Zone,

    /// <summary>A JSON path of plain names, written out.</summary>
    Path,
}
