using Landfall.Testing.Delta;

namespace Landfall.Delta.Tests;

/// <summary>
/// Clocks that stand still, go back, jump ahead and disagree: versions are dated in their order all the same.
/// </summary>
public sealed class ClockTests
{
    private readonly TestTable _table = new();

    private static CancellationToken None => CancellationToken.None;

    public static TheoryData<string, long[]> Jumps => new()
    {
        { "it stands still", [0, 0] },
        { "one second back", [-1_000] },
        { "one hour back", [-3_600_000] },
        { "one day back", [-86_400_000] },
        { "ten years ahead, then right again", [315_576_000_000, -315_576_000_000] },
        { "one day back again and again", [-86_400_000, -86_400_000, -86_400_000] },
    };

    [Theory]
    [MemberData(nameof(Jumps))]
    public async Task Commit_ClockJumps_TimestampsRiseStrictly(string jump, long[] milliseconds)
    {
        await _table.CreateAsync();
        List<long> clock = [_table.Clock.Now.ToUnixTimeMilliseconds()];

        // Each jump is followed by enough commits to pass a checkpoint, and by time that goes on as it should.
        foreach (long by in milliseconds)
        {
            _table.Clock.Now = _table.Clock.Now.AddMilliseconds(by);
            for (int i = 0; i < 11; i++)
            {
                await _table.AppendAsync(TestTable.File($"f{clock.Count}"));
                clock.Add(_table.Clock.Now.ToUnixTimeMilliseconds());
                _table.Clock.Now = _table.Clock.Now.AddMilliseconds(i * 7);
            }
        }

        long[] expected = new long[clock.Count];
        for (int i = 0; i < expected.Length; i++)
        {
            expected[i] = i == 0 ? clock[0] : Math.Max(clock[i], expected[i - 1] + 1);
        }

        Assert.Equal(expected, await TimesAsync());
        Assert.False(IsRising(clock), $"The clock should not have risen strictly: {jump}.");
        Assert.Equal(expected[^1], (await _table.LoadAsync()).Timestamp.ToUnixTimeMilliseconds());
    }

    [Theory]
    [InlineData("2028-02-28T23:59:59.999Z")]
    [InlineData("2028-02-29T23:59:59.999Z")]
    [InlineData("2026-03-29T00:59:59.999Z")]
    [InlineData("2026-10-25T00:59:59.999Z")]
    [InlineData("2026-11-01T05:59:59.999Z")]
    [InlineData("2026-12-31T23:59:59.999Z")]
    public async Task Commit_LeapDaysAndNightsOfChange_AreOrdinaryMilliseconds(string before)
    {
        _table.Clock.Now = DateTimeOffset.Parse(before, System.Globalization.CultureInfo.InvariantCulture);
        DateTimeOffset first = _table.Clock.Now;
        await _table.CreateAsync();
        _table.Clock.Now = first.AddMilliseconds(1);
        await _table.AppendAsync(TestTable.File("a"));
        _table.Clock.Now = first.AddHours(1);
        await _table.AppendAsync(TestTable.File("b"));

        IReadOnlyList<CommitSummary> history = await _table.Delta.HistoryAsync(null, None);

        Assert.Equal(
            [first.AddHours(1), first.AddMilliseconds(1), first], history.Select(c => c.Timestamp));
        Assert.All(history, c => Assert.Equal(TimeSpan.Zero, c.Timestamp.Offset));
    }

    [Fact]
    public async Task Commit_TwoWritersFiveMinutesApart_TimestampsRiseStrictly()
    {
        await _table.CreateAsync();
        FixedClock ahead = new() { Now = _table.Clock.Now.AddMinutes(5) };
        FixedClock behind = new() { Now = _table.Clock.Now.AddMinutes(-5) };
        DeltaTable[] writers = [Open(ahead, 11), Open(behind, 12)];

        for (int i = 0; i < 30; i++)
        {
            // Both begin at the same version: the second comes after the first whatever its clock says.
            Snapshot read = await _table.LoadAsync();
            await AppendAsync(writers[i % 2], read, $"first-{i}");
            await AppendAsync(writers[(i + 1) % 2], read, $"second-{i}");
            (ahead.Now, behind.Now) = (ahead.Now.AddMilliseconds(40), behind.Now.AddMilliseconds(40));
        }

        long[] times = await TimesAsync();
        Assert.Equal(61, times.Length);
        Assert.True(IsRising(times), string.Join(", ", times));
        Assert.Equal(60, (await _table.LoadAsync()).Files.Length);
    }

    [Fact]
    public async Task Clean_ClockTenYearsAheadForOneCommit_LosesNoRowAndTheNextCommitFollows()
    {
        await _table.CreateAsync();
        DateTimeOffset right = _table.Clock.Now;
        for (int i = 1; i < 20; i++)
        {
            await _table.AppendAsync(TestTable.File($"f{i}"));
        }

        _table.Clock.Now = right.AddYears(10);
        Snapshot ahead = await _table.AppendAsync(TestTable.File("f20"));
        await _table.Delta.CleanLogAsync(ahead, None);
        _table.Clock.Now = right;
        Snapshot after = await _table.AppendAsync(TestTable.File("f21"));

        Assert.Equal(ahead.Timestamp.AddMilliseconds(1), after.Timestamp);
        Assert.Equal(21, (await _table.LoadAsync()).Files.Length);
        Assert.Equal(SnapshotText.Of(after), SnapshotText.Of(await _table.LoadAsync()));
    }

    private static bool IsRising(IEnumerable<long> times) => times.Zip(times.Skip(1)).All(t => t.First < t.Second);

    private static async Task AppendAsync(DeltaTable table, Snapshot read, string path)
    {
        Transaction transaction = table.Begin(read, "WRITE");
        transaction.Add(TestTable.File(path));
        await TestTable.CommitAsync(transaction);
    }

    private DeltaTable Open(TimeProvider clock, int seed) =>
        new(_table.Store, new InMemoryParquetIo(_table.Store), clock, new Random(seed));

    /// <summary>Times of all versions that the log remembers, the oldest first.</summary>
    private async Task<long[]> TimesAsync() =>
    [
        .. (await _table.Delta.HistoryAsync(null, None)).Reverse().Select(c => c.Timestamp.ToUnixTimeMilliseconds()),
    ];
}
