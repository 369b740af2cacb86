namespace Landfall.Engine.Spark.Enriching.Columnar;

/// <summary>Reads Thrift's compact protocol, in which Parquet's footers are.</summary>
/// <param name="data">The bytes, which may be anything.</param>
internal ref struct CompactReader(ReadOnlySpan<byte> data)
{
    /// <summary>The type of a boolean field that is true: its value is in its type.</summary>
    public const int True = 1;

    private const int False = 2;
    private const int Byte = 3;
    private const int LargestInteger = 6;
    private const int Double = 7;
    private const int Binary = 8;
    private const int List = 9;
    private const int Set = 10;
    private const int Struct = 12;
    private const int MostLevels = 32;
    private const int VarintBits = 70;

    private ReadOnlySpan<byte> _left = data;

    /// <summary>Reads the beginning of a struct's next field; false at the struct's end.</summary>
    /// <param name="id">The number of the field before, then of this; 0 at first.</param>
    /// <param name="type">The field's type.</param>
    /// <exception cref="InvalidDataException">There is no such thing.</exception>
    public bool NextField(ref int id, out int type)
    {
        byte head = Take(1)[0];
        type = head & 0x0F;
        if (head == 0)
        {
            return false;
        }

        id = head >> 4 == 0 ? checked((short)Integer()) : id + (head >> 4);
        return true;
    }

    /// <summary>Reads an integer of any width but one byte.</summary>
    /// <exception cref="InvalidDataException">There is no such thing.</exception>
    public long Integer()
    {
        ulong value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>Reads bytes or a text.</summary>
    /// <exception cref="InvalidDataException">There is no such thing.</exception>
    public ReadOnlySpan<byte> Bytes() => Take(Varint());

    /// <summary>Reads the beginning of a list: the type of its elements, and how many there are.</summary>
    /// <exception cref="InvalidDataException">There is no such thing.</exception>
    public (int Type, ulong Count) BeginList()
    {
        byte head = Take(1)[0];
        return (head & 0x0F, head >> 4 == 0x0F ? Varint() : (ulong)(head >> 4));
    }

    /// <summary>Passes over a field.</summary>
    /// <exception cref="InvalidDataException">There is no such thing.</exception>
    public void Skip(int type) => Skip(type, 0);

    private void Skip(int type, int level)
    {
        switch (type)
        {
            case True or False:
                break;
            case Byte:
                _ = Take(1);
                break;
            case > Byte and <= LargestInteger:
                _ = Varint();
                break;
            case Double:
                _ = Take(sizeof(double));
                break;
            case Binary:
                _ = Bytes();
                break;
            case (List or Set) when level < MostLevels:
                (int element, ulong count) = BeginList();
                for (ulong i = 0; i < count; i++)
                {
                    Skip(element is True or False ? Byte : element, level + 1);
                }

                break;
            case Struct when level < MostLevels:
                int id = 0;
                while (NextField(ref id, out int field))
                {
                    Skip(field, level + 1);
                }

                break;
            default:
                throw new InvalidDataException("A field has a type that footers have not.");
        }
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < VarintBits; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("An integer has no end.");
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_left.Length)
        {
            throw new InvalidDataException("The bytes end too early.");
        }

        ReadOnlySpan<byte> taken = _left[..(int)length];
        _left = _left[(int)length..];
        return taken;
    }
}
