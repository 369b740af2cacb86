namespace Landfall.Estate.Types;

/// <summary>The types a contract may use. Array and struct occur in integrations only.</summary>
public enum TypeKind
{
    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>32-bit signed integer.</summary>
    Int,

    /// <summary>64-bit signed integer.</summary>
    BigInt,

    /// <summary>64-bit IEEE 754.</summary>
    Double,

    /// <summary>Exact decimal of a precision (1 to 38) and scale (0 to precision).</summary>
    Decimal,

    /// <summary>Unicode text.</summary>
    String,

    /// <summary>Bytes.</summary>
    Binary,

    /// <summary>A calendar day.</summary>
    Date,

    /// <summary>An instant in microseconds, UTC.</summary>
    Timestamp,

    /// <summary>A list of one element type.</summary>
    Array,

    /// <summary>Named fields.</summary>
    Struct,
}
