namespace Landfall.Delta.Schema;

/// <summary>The types of the protocol ("Schema Serialization Format").</summary>
public enum StoredKind
{
    /// <summary>true or false.</summary>
    Boolean,

    /// <summary>8-bit signed integer.</summary>
    Byte,

    /// <summary>16-bit signed integer.</summary>
    Short,

    /// <summary>32-bit signed integer.</summary>
    Integer,

    /// <summary>64-bit signed integer.</summary>
    Long,

    /// <summary>32-bit IEEE 754.</summary>
    Float,

    /// <summary>64-bit IEEE 754.</summary>
    Double,

    /// <summary>A decimal.</summary>
    Decimal,

    /// <summary>Unicode text.</summary>
    String,

    /// <summary>Bytes.</summary>
    Binary,

    /// <summary>A calendar day.</summary>
    Date,

    /// <summary>An instant in microseconds.</summary>
    Timestamp,

    /// <summary>A time of day on a calendar day, of no zone, in microseconds.</summary>
    TimestampNtz,

    /// <summary>Always null, and in no file.</summary>
    Void,

    /// <summary>A list.</summary>
    Array,

    /// <summary>Keys and values.</summary>
    Map,

    /// <summary>Named fields.</summary>
    Struct,
}
