namespace Landfall.Server.Endpoints;

/// <summary>What an endpoint did since it started. Safe for concurrent use.</summary>
public sealed class EndpointCounters
{
    private long _answered;
    private long _accounts;
    private long _fallbacks;
    private long _refused;
    private long _failed;
    private long _dropped;
    private long _mirrored;
    private long _mirrorFailed;
    private long _mirrorSkipped;
    private long _mirrorShared;
    private long _mirrorItems;

    /// <summary>Requests answered with recommendations.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Accounts or baskets scored in them.</summary>
    public long Accounts => Interlocked.Read(ref _accounts);

    /// <summary>Those of them for which popularity stood in.</summary>
    public long Fallbacks => Interlocked.Read(ref _fallbacks);

    /// <summary>Requests refused with a status of 400 to 499, without failures of models.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Requests whose model failed.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Recommendations served whose exposures found no room in the log.</summary>
    public long ExposuresDropped => Interlocked.Read(ref _dropped);

    /// <summary>Baskets that a mirror scored.</summary>
    public long Mirrored => Interlocked.Read(ref _mirrored);

    /// <summary>Baskets on which the mirror's model failed.</summary>
    public long MirrorFailed => Interlocked.Read(ref _mirrorFailed);

    /// <summary>Baskets not mirrored because the mirror was behind.</summary>
    public long MirrorSkipped => Interlocked.Read(ref _mirrorSkipped);

    /// <summary>The share of served services that the mirror would have served too; null before the first.</summary>
    public double? MirrorOverlap
    {
        get
        {
            long items = Interlocked.Read(ref _mirrorItems);
            return items == 0 ? null : (double)Interlocked.Read(ref _mirrorShared) / items;
        }
    }

    internal void Answer(int accounts, int fallbacks)
    {
        Interlocked.Increment(ref _answered);
        Interlocked.Add(ref _accounts, accounts);
        Interlocked.Add(ref _fallbacks, fallbacks);
    }

    internal void Refuse() => Interlocked.Increment(ref _refused);

    internal void Fail() => Interlocked.Increment(ref _failed);

    internal void Drop() => Interlocked.Increment(ref _dropped);

    internal void Mirror(int shared, int items)
    {
        Interlocked.Increment(ref _mirrored);
        Interlocked.Add(ref _mirrorShared, shared);
        Interlocked.Add(ref _mirrorItems, items);
    }

    internal void FailMirror() => Interlocked.Increment(ref _mirrorFailed);

    internal void SkipMirror() => Interlocked.Increment(ref _mirrorSkipped);
}
