namespace Landfall.Server.Endpoints;

/// <summary>Counts the requests under way. Safe for concurrent use.</summary>
internal sealed class EndpointGate
{
    private int _underWay;

    /// <summary>Lets a request in unless so many are under way already; one let in leaves at its end.</summary>
    public bool TryEnter(int most)
    {
        if (Interlocked.Increment(ref _underWay) <= most)
        {
            return true;
        }

        Leave();
        return false;
    }

    /// <summary>Ends a request that was let in.</summary>
    public void Leave() => Interlocked.Decrement(ref _underWay);
}
