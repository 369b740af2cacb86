namespace Landfall.Engine.Engines;

/// <summary>Types of values in raw.</summary>
public enum StagedType
{
    /// <summary>Text as it came.</summary>
    Text,

    /// <summary><c>t</c> or <c>f</c>, <c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>16 bits.</summary>
    SmallInt,

    /// <summary>32 bits.</summary>
    Int,

    /// <summary>64 bits.</summary>
    BigInt,

    /// <summary>Binary, 32 bits.</summary>
    Float,

    /// <summary>Binary, 64 bits.</summary>
    Double,

    /// <summary>Of a precision and scale.</summary>
    Decimal,

    /// <summary>A number of any precision and scale, which stays text.</summary>
    Number,

    /// <summary>A day.</summary>
    Date,

    /// <summary>An instant.</summary>
    Timestamp,

    /// <summary>A date and time of no zone.</summary>
    LocalTimestamp,

    /// <summary>Bytes, as <c>\x</c> and hexadecimal digits.</summary>
    Bytes,
}
