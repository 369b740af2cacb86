using System.Buffers.Text;
using System.Text;
using Relecloud.Sources.Catalogue;
using Relecloud.Sources.Customers;

namespace Relecloud.Sources.Telemetry;

/// <summary>Writes lines as JSON text. No value holds a character that JSON would escape.</summary>
internal sealed class LineWriter(World world)
{
    /// <summary>No line is longer.</summary>
    public const int MaximumLength = 512;

    private readonly byte[][] _services = [.. world.Catalogue.Services.Select(
        s => Encoding.UTF8.GetBytes($"\",\"service_id\":\"{s.Id}\",\"region\":\""))];

    private readonly byte[][][] _meters = Texts(world, m => $"\",\"meter\":\"{m.Name}\",\"quantity\":");
    private readonly byte[][][] _units = Texts(world, m => $",\"unit\":\"{m.Unit}\"}}");

    /// <summary>Writes one line with its line feed; answers with its length.</summary>
    public int Write(Span<byte> target, in ArrivedLine line)
    {
        if (line.Malformed == MalformedKind.NotJson)
        {
            return Put(target, 0, "-- connection reset by peer, retrying --\n"u8);
        }

        int at = Put(target, 0, "{"u8);
        if (line.Malformed != MalformedKind.MissingEventId)
        {
            at = Put(target, at, "\"event_id\":\""u8);
            Utf8Formatter.TryFormat(line.Event.Id, target[at..], out int idLength, new('x', 16));
            at = Put(target, at + idLength, "\","u8);
        }

        at = Put(target, at, "\"event_time\":\""u8);
        at = Time(target, at, line);
        at = Put(target, at, "\",\"account_id\":\"acc-"u8);
        Utf8Formatter.TryFormat(line.Event.Account + 1, target[at..], out int length, new('d', 6));
        at = Put(target, at + length, _services[line.Event.Service]);
        at += Encoding.UTF8.GetBytes(line.Event.Region, target[at..]);
        at = Put(target, at, _meters[line.Event.Service][line.Event.Meter]);
        at = line.Malformed == MalformedKind.BadQuantity
            ? Put(target, at, "\"abc\""u8)
            : Quantity(target, at, line.Event.MilliQuantity);
        at = Put(target, at, _units[line.Event.Service][line.Event.Meter]);
        at = line.Malformed == MalformedKind.Truncated ? at / 2 : at;
        return Put(target, at, "\n"u8);
    }

    private int Time(Span<byte> target, int at, in ArrivedLine line)
    {
        if (line.Malformed == MalformedKind.BadEventTime)
        {
            return Put(target, at, "2026-02-31T08:61:00Z"u8);
        }

        DateOnly date = world.DateOf(line.Event.Day);
        int left = line.Event.Millisecond;
        at = Number(target, at, date.Year, 4, (byte)'-');
        at = Number(target, at, date.Month, 2, (byte)'-');
        at = Number(target, at, date.Day, 2, (byte)'T');
        at = Number(target, at, left / 3_600_000, 2, (byte)':');
        at = Number(target, at, left / 60_000 % 60, 2, (byte)':');
        at = Number(target, at, left / 1000 % 60, 2, (byte)'.');
        return Number(target, at, left % 1000, 3, (byte)'Z');
    }

    private static int Quantity(Span<byte> target, int at, long milli)
    {
        Utf8Formatter.TryFormat(milli / 1000, target[at..], out int length);
        at += length;
        int rest = (int)(milli % 1000);
        if (rest == 0)
        {
            return at;
        }

        target[at] = (byte)'.';
        int digits = rest % 100 == 0 ? 1 : rest % 10 == 0 ? 2 : 3;
        int value = digits == 1 ? rest / 100 : digits == 2 ? rest / 10 : rest;
        for (int i = digits; i > 0; i--, value /= 10)
        {
            target[at + i] = (byte)('0' + (value % 10));
        }

        return at + 1 + digits;
    }

    private static int Number(Span<byte> target, int at, int value, int digits, byte end)
    {
        for (int i = digits - 1; i >= 0; i--, value /= 10)
        {
            target[at + i] = (byte)('0' + (value % 10));
        }

        target[at + digits] = end;
        return at + digits + 1;
    }

    private static int Put(Span<byte> target, int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(target[at..]);
        return at + text.Length;
    }

    // By service and meter.
    private static byte[][][] Texts(World world, Func<Meter, string> text) =>
        [.. world.Catalogue.Services.Select(
            s => s.Meters.Select(m => Encoding.UTF8.GetBytes(text(m))).ToArray())];
}
