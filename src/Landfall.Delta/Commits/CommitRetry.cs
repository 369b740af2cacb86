using Landfall.Estate;

namespace Landfall.Delta.Commits;

/// <summary>
/// One effort to commit beside other writers: how often it is tried, how long is waited in between, and when it is
/// given up. Whoever commits in a loop has one of these for the whole loop. Used by one thread.
/// </summary>
/// <remarks>
/// <code>
///   begin ─► CommitAsync ──Committed──────────────────────► done
///     ▲         │    ▲ └─Retryable: wait, the same transaction again
///     │         │    └──┘
///     └─ wait ◄─┴ Conflicted: AgainAsync ──bound reached──► the caller's error, which tells Obstacle
/// </code>
/// A transaction is committed again after <see cref="Retryable"/>, which is safe also where it went through after all;
/// after <see cref="Conflicted"/> it is used up, and only the caller knows what a new one starts from.
/// </remarks>
/// <param name="clock">Time of waiting.</param>
/// <param name="attemptsMax">How often is tried, at least 1.</param>
/// <param name="random">Jitter; the shared instance by default.</param>
public sealed class CommitRetry(
    TimeProvider clock, int attemptsMax = CommitRetry.AttemptsDefault, Random? random = null)
{
    /// <summary>How often is tried where the caller does not say: 20 times, with waits of 15 s together.</summary>
    public const int AttemptsDefault = 20;

    private const double FirstDelayMilliseconds = 20;
    private const double DelayMillisecondsMax = 1000;

    /// <summary>
    /// Commits that take long are no reason to go on for attempts times a minute; what is done between them does not
    /// count.
    /// </summary>
    private static readonly TimeSpan CommittingMax = TimeSpan.FromMinutes(2);

    private readonly Random _random = random ?? Random.Shared;
    private TimeSpan _committing;
    private int _lost;

    /// <summary>What the last attempt that did not commit met with, with a full stop; empty before one did.</summary>
    public string Obstacle { get; private set; } = "";

    /// <summary>Commits a transaction, and again while storage does not say or others are faster.</summary>
    /// <returns>
    /// <see cref="Committed"/>; <see cref="Conflicted"/>, after which <see cref="AgainAsync"/> says whether to begin
    /// anew; or <see cref="Retryable"/> where the bound is reached.
    /// </returns>
    /// <exception cref="StorageException">Storage failed before the commit; nothing was committed.</exception>
    public async Task<CommitResult> CommitAsync(Transaction transaction, CancellationToken cancellationToken)
    {
        while (true)
        {
            long started = clock.GetTimestamp();
            CommitResult ended = await transaction.CommitAsync(cancellationToken);
            _committing += clock.GetElapsedTime(started);
            Obstacle = Describe(ended);
            if (ended is not Retryable || !await AgainAsync(ended, cancellationToken))
            {
                return ended;
            }
        }
    }

    /// <summary>
    /// Counts an attempt that did not commit and waits before the next one; false, at once, where there is none left.
    /// </summary>
    /// <param name="ended">How the attempt ended; not <see cref="Committed"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<bool> AgainAsync(CommitResult ended, CancellationToken cancellationToken)
    {
        Obstacle = Describe(ended);
        if (_lost >= attemptsMax || ++_lost >= attemptsMax || _committing > CommittingMax)
        {
            _lost = attemptsMax;
            return false;
        }

        // Half of it is jitter, so that those who lost together do not meet again.
        double ceiling = Math.Min(FirstDelayMilliseconds * Math.Pow(2, _lost - 1), DelayMillisecondsMax);
        TimeSpan delay = TimeSpan.FromMilliseconds(ceiling * (0.5 + (_random.NextDouble() / 2)));
        await Task.Delay(delay, clock, cancellationToken);
        return true;
    }

    private static string Describe(CommitResult ended) => ended switch
    {
        Committed => "",
        Conflicted conflict => conflict.Message,
        Retryable retry => retry.Message,
        _ => throw new InvalidOperationException($"Unknown commit result {ended}."),
    };
}
