using System.Globalization;
using Landfall.Delta.Log;
using Landfall.Estate;

namespace Landfall.Delta.Commits;

/// <summary>
/// Commits transactions optimistically.
/// <code>
///   (1) next version, encode ─► (2) put if absent ──true──► (3) checksum; checkpoint where due ─► Committed
///            ▲                          │ false
///            │                          ▼
///   (5) rebase ◄── (4) back off, read the winners, check each ──broken rule──► Conflicted
/// </code>
/// Waiting comes before reading: who reads first is out of date when the wait is over, and loses again.
/// </summary>
internal sealed class Committer(
    ILogStore log, LogReader reader, CheckpointWriter checkpoints, LogCleaner cleaner, TimeProvider clock,
    Random random)
{
    private const int BackoffMillisecondsMax = 20;

    /// <summary>How long a commit goes on while others are faster.</summary>
    private static readonly TimeSpan RaceMax = TimeSpan.FromSeconds(60);

    /// <summary>A commit that is at it for longer waits no more, so that newer ones wait for it.</summary>
    private static readonly TimeSpan PatienceMax = TimeSpan.FromMilliseconds(100);

    public async Task<CommitResult> CommitAsync(Transaction transaction, CancellationToken cancellationToken)
    {
        Snapshot? onto = transaction.ReadSnapshot;
        if (onto is not null && !await reader.IsCurrentEnoughAsync(onto, cancellationToken))
        {
            await RequireNewestAsync(onto, cancellationToken);
        }

        long started = clock.GetTimestamp();
        for (int attempt = 0; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // :: Step 1. Timestamps of versions rise strictly, whatever the clock does.
            long version = (onto?.Version ?? -1) + 1;
            long timestamp = Math.Max(clock.GetUtcNow().ToUnixTimeMilliseconds(), (onto?.State.Timestamp ?? 0) + 1);
            CommitActions actions = CommitContent.ActionsOf(transaction, version, timestamp);
            ReadOnlyMemory<byte> content = CommitContent.Encode(transaction, actions);

            // :: Step 2. The version before must not be lost while this one stays: that would be a gap for ever.
            if (onto is { IsDurable: false })
            {
                await log.MakeDurableAsync(LogFiles.Commit(onto.Version), cancellationToken);
            }

            bool? created = await PutAsync(version, content, cancellationToken);
            if (created == true)
            {
                // :: Step 3. The commit stands whatever becomes of its checkpoint, and is past cancelling.
                return await FinishAsync(LogReader.Advance(onto, [actions]).AsDurable(), transaction.Id);
            }

            // :: Step 4.
            TimeSpan raced = clock.GetElapsedTime(started);
            if (created == false && raced < PatienceMax)
            {
                await BackOffAsync(attempt, cancellationToken);
            }

            IReadOnlyList<CommitActions> winners = await reader.ReadAfterAsync(version - 1, cancellationToken);
            if (winners.FirstOrDefault(w => w.TransactionId == transaction.Id) is { } own)
            {
                await log.MakeDurableAsync(LogFiles.Commit(own.Version), cancellationToken);
                return new Committed(
                    own.Version, LogReader.Advance(onto, [.. winners.Where(w => w.Version <= own.Version)]));
            }

            if (created is null && winners.Count == 0)
            {
                return new Retryable(
                    $"Storage did not say whether version {version} was written, and it is not there.");
            }

            if (winners.Select(w => ConflictChecker.Check(transaction, w)).FirstOrDefault(c => c is not null)
                is { } conflict)
            {
                return conflict;
            }

            if (raced > RaceMax)
            {
                return TooSlow(attempt + 1, raced);
            }

            // :: Step 5.
            onto = LogReader.Advance(onto, winners);
        }
    }

    private static Retryable TooSlow(int attempts, TimeSpan raced) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Other writers were faster {attempts} times in {raced.TotalSeconds:F0} s. Nothing was committed."));

    /// <summary>True where created, false where taken, null where storage does not say.</summary>
    private async Task<bool?> PutAsync(long version, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        try
        {
            return await log.PutIfAbsentAsync(LogFiles.Commit(version), content, cancellationToken);
        }
        catch (StorageException e) when (e.OutcomeUnknown)
        {
            return null;
        }
    }

    private async Task<CommitResult> FinishAsync(Snapshot snapshot, string transactionId)
    {
        await WriteChecksumAsync(snapshot, transactionId);
        if (!CheckpointWriter.IsDue(snapshot))
        {
            return new Committed(snapshot.Version, snapshot);
        }

        try
        {
            await checkpoints.WriteAsync(snapshot, CancellationToken.None);
            await cleaner.CleanAsync(snapshot, CancellationToken.None);
            return new Committed(snapshot.Version, snapshot);
        }
        catch (LandfallException e)
        {
            return new Committed(snapshot.Version, snapshot, e);
        }
    }

    /// <summary>A version without a checksum is as good as any; only damage to it is noticed later.</summary>
    private async Task WriteChecksumAsync(Snapshot snapshot, string transactionId)
    {
        try
        {
            await log.PutUnsyncedAsync(
                VersionChecksum.FileName(snapshot.Version), VersionChecksum.Of(snapshot, transactionId).Encode(),
                CancellationToken.None);
        }
        catch (StorageException)
        {
            // The disk says so again at the next commit, which matters.
        }
    }

    /// <summary>Writing after a snapshot whose log entry is gone could fill a gap that log cleanup left.</summary>
    private async Task RequireNewestAsync(Snapshot onto, CancellationToken cancellationToken)
    {
        Snapshot? newest = await reader.LoadAsync(null, cancellationToken);
        if (newest?.Version != onto.Version)
        {
            throw new LandfallException(
                "LF4204",
                $"Version {onto.Version}, which this transaction read, is no longer in the log. Nothing was committed. "
                + "Read the table again and repeat.");
        }
    }

    private async Task BackOffAsync(int attempt, CancellationToken cancellationToken)
    {
        int ceiling = Math.Min(1 << Math.Min(attempt, 5), BackoffMillisecondsMax);
        await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * ceiling), clock, cancellationToken);
    }
}
