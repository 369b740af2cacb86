using System.Threading.Channels;
using Landfall.Recommender.Scoring;
using Landfall.Server.Endpoints;

namespace Landfall.Server.Scoring;

/// <summary>
/// Scores a share of the requests with the deployment that mirrors, in the background, and compares. A mirror that is
/// behind or fails is counted and harms nothing.
/// </summary>
internal sealed class MirrorQueue
{
    private const int Capacity = 256;
    private readonly Channel<Work> _work = Channel.CreateBounded<Work>(
        new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>Hands over what was answered; takes its share of it.</summary>
    public void Offer(
        RecommenderEndpoint endpoint, IReadOnlyCollection<string> services, ScoreQuery query, SuggestionList answer)
    {
        if (endpoint.Current.Mirror is { } mirror && Random.Shared.Next(100) < mirror.MirrorPercent
            && !_work.Writer.TryWrite(new(endpoint, mirror, services, query, answer)))
        {
            endpoint.Counters.SkipMirror();
        }
    }

    /// <summary>Works until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (Work work in _work.Reader.ReadAllAsync(cancellationToken))
            {
                Compare(work);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The server stops; what is not compared yet is forgotten.
        }
    }

    private static void Compare(Work work)
    {
        try
        {
            SuggestionList other = work.Mirror.Model.Recommend(work.Services, work.Query.Count, work.Query.Excluded);
            HashSet<string> theirs = [.. other.Items.Select(i => i.Service)];
            work.Endpoint.Counters.Mirror(
                work.Answer.Items.Count(i => theirs.Contains(i.Service)), work.Answer.Items.Length);
        }
#pragma warning disable CA1031 // A mirror may fail in any way; its failures are what it is there to show.
        catch (Exception)
#pragma warning restore CA1031
        {
            work.Endpoint.Counters.FailMirror();
        }
    }

    private sealed record Work(
        RecommenderEndpoint Endpoint, Deployment Mirror, IReadOnlyCollection<string> Services, ScoreQuery Query,
        SuggestionList Answer);
}
