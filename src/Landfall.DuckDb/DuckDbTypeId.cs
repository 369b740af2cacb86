namespace Landfall.DuckDb;

/// <summary>DuckDB's types and how their vectors lie in memory; the numbers are DuckDB's.</summary>
public enum DuckDbTypeId
{
    /// <summary>No type.</summary>
    Invalid = 0,

    /// <summary>One byte, 0 or 1.</summary>
    Boolean = 1,

    /// <summary>8-bit signed.</summary>
    TinyInt = 2,

    /// <summary>16-bit signed.</summary>
    SmallInt = 3,

    /// <summary>32-bit signed.</summary>
    Integer = 4,

    /// <summary>64-bit signed.</summary>
    BigInt = 5,

    /// <summary>8-bit unsigned.</summary>
    UTinyInt = 6,

    /// <summary>16-bit unsigned.</summary>
    USmallInt = 7,

    /// <summary>32-bit unsigned.</summary>
    UInteger = 8,

    /// <summary>64-bit unsigned.</summary>
    UBigInt = 9,

    /// <summary>32-bit IEEE 754.</summary>
    Float = 10,

    /// <summary>64-bit IEEE 754.</summary>
    Double = 11,

    /// <summary>Microseconds since 1970-01-01, without a zone.</summary>
    Timestamp = 12,

    /// <summary>Days since 1970-01-01, 32-bit.</summary>
    Date = 13,

    /// <summary>Microseconds since midnight.</summary>
    Time = 14,

    /// <summary>Months, days and microseconds.</summary>
    Interval = 15,

    /// <summary>128-bit signed.</summary>
    HugeInt = 16,

    /// <summary>UTF-8 text.</summary>
    Varchar = 17,

    /// <summary>Bytes.</summary>
    Blob = 18,

    /// <summary>An integer of 16, 32, 64 or 128 bits, scaled by a power of ten.</summary>
    Decimal = 19,

    /// <summary>Seconds since 1970-01-01, without a zone.</summary>
    TimestampS = 20,

    /// <summary>Milliseconds since 1970-01-01, without a zone.</summary>
    TimestampMs = 21,

    /// <summary>Nanoseconds since 1970-01-01, without a zone.</summary>
    TimestampNs = 22,

    /// <summary>An index into a list of labels, 8, 16 or 32 bits.</summary>
    Enum = 23,

    /// <summary>Offset and length in a child vector.</summary>
    List = 24,

    /// <summary>A child vector a field.</summary>
    Struct = 25,

    /// <summary>A list of structs of key and value.</summary>
    Map = 26,

    /// <summary>128 bits, the highest one flipped.</summary>
    Uuid = 27,

    /// <summary>A struct whose first field is the tag.</summary>
    Union = 28,

    /// <summary>A string of bits.</summary>
    Bit = 29,

    /// <summary>Time and offset in 64 bits.</summary>
    TimeTz = 30,

    /// <summary>An instant, microseconds since 1970-01-01 UTC.</summary>
    TimestampTz = 31,

    /// <summary>128-bit unsigned.</summary>
    UHugeInt = 32,

    /// <summary>A fixed number of elements in a child vector.</summary>
    Array = 33,

    /// <summary>Any type; of functions only.</summary>
    Any = 34,

    /// <summary>An integer of any size.</summary>
    BigNum = 35,

    /// <summary>The type of NULL.</summary>
    SqlNull = 36,

    /// <summary>The type of a text literal.</summary>
    StringLiteral = 37,

    /// <summary>The type of an integer literal.</summary>
    IntegerLiteral = 38,

    /// <summary>Nanoseconds since midnight.</summary>
    TimeNs = 39,
}
