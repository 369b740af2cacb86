namespace Landfall.Sql.Typing;

/// <summary>What kind of value an expression has.</summary>
internal enum ValueKind
{
    /// <summary>Not known: what is not known is not reported.</summary>
    Unknown,

    /// <summary>NULL, which is of any kind.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Whole numbers, decimals and doubles.</summary>
    Number,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Binary,

    /// <summary>A day.</summary>
    Date,

    /// <summary>An instant.</summary>
    Timestamp,

    /// <summary>Arrays, structs and what else contracts do not have as columns of products.</summary>
    Other,
}
