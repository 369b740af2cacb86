using Landfall.Serving.Servers;
using Landfall.Testing;
using Npgsql;

namespace Landfall.Serving.Tests.Publishing;

/// <summary>No statement and no repeatable-read transaction sees two versions at once, and none waits.</summary>
public sealed class MixtureTests
{
    private const string Both =
        "select min(n), max(n) from (select number as n from pair.a union all select number from pair.b) u";

    /// <summary><c>LANDFALL_PUBLICATIONS</c> says how many, 200 by default.</summary>
    [Fact]
    public async Task Reader_DuringPublications_NeverSeesAMixture()
    {
        await using PublishedPair pair = await PublishedPair.CreateAsync();
        await pair.PublishAsync(0);

        (long reads, long seen, long mixtures) = await ReadWhileAsync(
            pair, TestNumbers.Of("LANDFALL_PUBLICATIONS", 200), together: true);

        Assert.Equal(0, mixtures);
        Assert.InRange(seen, 2, long.MaxValue);
        Assert.InRange(reads, seen, long.MaxValue);
    }

    /// <summary>The control: what is published by two transactions is seen half.</summary>
    [Fact]
    public async Task Reader_DuringPublicationsInTwoTransactions_SeesMixtures()
    {
        await using PublishedPair pair = await PublishedPair.CreateAsync();
        await pair.PublishAsync(0);

        (_, _, long mixtures) = await ReadWhileAsync(pair, 40, together: false);

        Assert.InRange(mixtures, 1, long.MaxValue);
    }

    private static async Task<(long Reads, long Seen, long Mixtures)> ReadWhileAsync(
        PublishedPair pair, int publications, bool together)
    {
        using CancellationTokenSource end = new();
        Task<(long Reads, long Seen, long Mixtures)> reader = ReadAsync(pair, end.Token);
        for (int number = 1; number <= publications; number++)
        {
            await pair.PublishAsync(number, together);
        }

        await end.CancelAsync();
        return await reader;
    }

    /// <summary>Reads by one statement and by a transaction in turn; who waits for a lock fails.</summary>
    private static async Task<(long Reads, long Seen, long Mixtures)> ReadAsync(
        PublishedPair pair, CancellationToken end)
    {
        await using NpgsqlConnection connection = await pair.ConnectAsync();
        await connection.RunAsync(["set lock_timeout = '1ms'"], CancellationToken.None);
        HashSet<long> seen = [];
        long reads = 0;
        long mixtures = 0;
        while (!end.IsCancellationRequested)
        {
            List<object?[]> statement = await connection.RowsAsync(Both, CancellationToken.None);
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(
                System.Data.IsolationLevel.RepeatableRead, CancellationToken.None);
            List<object?[]> first = await connection.RowsAsync(
                "select min(number), max(number), count(*) from pair.a", CancellationToken.None);
            List<object?[]> second = await connection.RowsAsync(
                "select min(number), max(number), count(*) from pair.b", CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
            bool whole = Equals(statement[0][0], statement[0][1]) && first[0].SequenceEqual(second[0])
                && Equals(first[0][0], first[0][1]) && Equals(first[0][2], (long)NumberedRows.Count);
            mixtures += whole ? 0 : 1;
            seen.Add((long)statement[0][0]!);
            reads++;
        }

        return (reads, seen.Count, mixtures);
    }
}
