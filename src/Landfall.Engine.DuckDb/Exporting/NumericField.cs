using System.Buffers.Binary;
using System.Collections.Immutable;
using Landfall.DuckDb;

namespace Landfall.Engine.DuckDb.Exporting;

/// <summary>
/// numeric: digits to the base of 10,000, with their number, the weight of the first, the sign and the scale before
/// them (PostgreSQL's <c>numeric_recv</c>). Zeros at either end may stand.
/// </summary>
/// <param name="scale">Digits behind the point, 0 to 38.</param>
internal sealed class NumericField(int scale) : PostgresField
{
    private const int HeadBytes = 4 * sizeof(short);
    private const int Base = 10_000;
    private const int BaseDigits = 4;
    private const short Negative = 0x4000;

    private static readonly ImmutableArray<UInt128> _powers =
    [
        .. Enumerable.Range(0, 39)
            .Select(n => Enumerable.Repeat((UInt128)10, n).Aggregate(UInt128.One, (a, b) => a * b)),
    ];

    private readonly int _fractionGroups = (scale + BaseDigits - 1) / BaseDigits;
    private readonly ulong _smallPower = scale < 19 ? (ulong)_powers[scale] : 0;

    /// <inheritdoc/>
    public override void Measure(VectorView values, Span<int> lengths)
    {
        bool all = values.Validity.IsEmpty;
        for (int row = 0; row < lengths.Length; row++)
        {
            lengths[row] += LengthBytes;
            if (all || values.IsValid(row))
            {
                lengths[row] += HeadBytes + (Groups(values.Unscaled(row)) * sizeof(short));
            }
        }
    }

    /// <inheritdoc/>
    public override void Fill(VectorView values, Span<int> places, Span<byte> target)
    {
        bool all = values.Validity.IsEmpty;
        for (int row = 0; row < places.Length; row++)
        {
            Span<byte> field = target[places[row]..];
            places[row] += LengthBytes;
            if (!all && !values.IsValid(row))
            {
                BinaryPrimitives.WriteInt32BigEndian(field, -1);
                continue;
            }

            Int128 unscaled = values.Unscaled(row);
            int groups = Groups(unscaled);
            int length = HeadBytes + (groups * sizeof(short));
            BinaryPrimitives.WriteInt32BigEndian(field, length);
            Write(field.Slice(LengthBytes, length), unscaled, groups);
            places[row] += length;
        }
    }

    private static UInt128 Magnitude(Int128 unscaled) => (UInt128)(Int128.IsNegative(unscaled) ? -unscaled : unscaled);

    /// <summary>Groups of four digits: those behind the point, and those before it that are there.</summary>
    private int Groups(Int128 unscaled)
    {
        UInt128 magnitude = Magnitude(unscaled);
        int groups = _fractionGroups;
        if (_smallPower != 0 && magnitude <= ulong.MaxValue)
        {
            for (ulong whole = (ulong)magnitude / _smallPower; whole > 0; whole /= Base)
            {
                groups++;
            }

            return groups;
        }

        for (UInt128 whole = magnitude / _powers[scale]; whole > 0; whole /= Base)
        {
            groups++;
        }

        return groups;
    }

    private void Write(Span<byte> field, Int128 unscaled, int groups)
    {
        BinaryPrimitives.WriteInt16BigEndian(field, (short)groups);
        BinaryPrimitives.WriteInt16BigEndian(field[2..], (short)(groups - _fractionGroups - 1));
        BinaryPrimitives.WriteInt16BigEndian(field[4..], Int128.IsNegative(unscaled) ? Negative : (short)0);
        BinaryPrimitives.WriteInt16BigEndian(field[6..], (short)scale);
        Span<byte> digits = field[HeadBytes..];
        UInt128 magnitude = Magnitude(unscaled);
        if (magnitude <= ulong.MaxValue)
        {
            WriteSmall(digits, (ulong)magnitude, groups);
        }
        else
        {
            WriteLarge(digits, magnitude, groups);
        }
    }

    /// <summary>From the last group, which the scale may fill in part.</summary>
    private void WriteSmall(Span<byte> digits, ulong rest, int groups)
    {
        int at = groups;
        if (scale % BaseDigits is var last and > 0)
        {
            ulong part = (ulong)_powers[last];
            ulong fill = (ulong)_powers[BaseDigits - last];
            Set(digits, --at, (short)(rest % part * fill));
            rest /= part;
        }

        for (; at > 0; rest /= Base)
        {
            Set(digits, --at, (short)(rest % Base));
        }
    }

    private void WriteLarge(Span<byte> digits, UInt128 rest, int groups)
    {
        int at = groups;
        if (scale % BaseDigits is var last and > 0)
        {
            Set(digits, --at, (short)(rest % _powers[last] * _powers[BaseDigits - last]));
            rest /= _powers[last];
        }

        for (; at > 0; rest /= Base)
        {
            Set(digits, --at, (short)(rest % Base));
        }
    }

    private static void Set(Span<byte> digits, int group, short value) =>
        BinaryPrimitives.WriteInt16BigEndian(digits[(group * sizeof(short))..], value);
}
