namespace Relecloud.Sources.Telemetry;

/// <summary>Counts what was delivered.</summary>
internal sealed class TelemetryCounts
{
    private readonly long[] _malformed = new long[(int)MalformedKind.BadEventTime + 1];

    public long Lines { get; private set; }

    public long Unique { get; private set; }

    public long Duplicates { get; private set; }

    public long Late { get; private set; }

    public IEnumerable<(MalformedKind Kind, long Lines)> Malformed =>
        Enum.GetValues<MalformedKind>().Where(k => k != MalformedKind.None).Select(k => (k, _malformed[(int)k]));

    public void Add(in ArrivedLine line)
    {
        Lines++;
        if (line.Malformed != MalformedKind.None)
        {
            _malformed[(int)line.Malformed]++;
        }
        else if (line.Duplicate)
        {
            Duplicates++;
        }
        else
        {
            Unique++;
            Late += line.Event.Late ? 1 : 0;
        }
    }
}
