using Landfall.DuckDb;
using Landfall.Estate;
using Landfall.Estate.Types;

namespace Landfall.Engine.DuckDb.Exporting;

/// <summary>One column in PostgreSQL's binary format. No state; safe for concurrent use.</summary>
internal abstract class PostgresField
{
    /// <summary>Bytes of a field's length.</summary>
    protected const int LengthBytes = sizeof(int);

    /// <summary>The form of a column.</summary>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="type">Its type in the contract.</param>
    public static PostgresField Of(string name, DataType type) => type.Kind switch
    {
        TypeKind.Boolean => new BooleanField(),
        TypeKind.Int => new IntField(),
        TypeKind.BigInt => new BigIntField(),
        TypeKind.Double => new DoubleField(),
        TypeKind.Decimal => new NumericField(type.Scale),
        TypeKind.String => new TextField(name),
        TypeKind.Binary => new BytesField(),
        TypeKind.Date => new DateField(name),
        TypeKind.Timestamp => new TimestampField(name),
        TypeKind.Array or TypeKind.Struct => new JsonField(),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type.Kind, "There is no such type."),
    };

    /// <summary>Adds the bytes of each row's field, its length included, to the row's.</summary>
    public abstract void Measure(VectorView values, Span<int> lengths);

    /// <summary>Writes each row's field at the row's place, and moves the place behind it.</summary>
    /// <exception cref="LandfallException">LF4312: a value has no form in PostgreSQL.</exception>
    public abstract void Fill(VectorView values, Span<int> places, Span<byte> target);

    /// <summary>A value that PostgreSQL does not have.</summary>
    protected static LandfallException Unfit(string column, string what) => new(
        "LF4312",
        $"The column {column} holds {what}, which PostgreSQL does not have. Nothing was published; what was published "
        + "before stays. Have the SQL or the contract keep such values out, then run again.");
}
