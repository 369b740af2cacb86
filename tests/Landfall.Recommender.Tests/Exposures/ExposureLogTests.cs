using Landfall.Delta;
using Landfall.Estate;
using Landfall.Recommender.Exposures;
using Landfall.Testing;
using Landfall.Testing.Delta;

namespace Landfall.Recommender.Tests.Exposures;

public sealed class ExposureLogTests
{
    private const int Items = 2;

    [Fact]
    public async Task Dispose_RecordsOfBothKinds_AreInTheTablesAsGiven()
    {
        using ExposureFolder folder = new();
        await using (ExposureLog log = await folder.OpenAsync())
        {
            Assert.True(log.TryAppend(ExposureFolder.Served(1)));
            Assert.True(log.TryAppend(ExposureFolder.FeedbackOf(1)));
        }

        IReadOnlyList<object?[]> rows = await StoredTableRows.ReadAsync(folder.Exposure);
        var at = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero).AddMicroseconds(1);
        string id = $"{1:x32}";
        Assert.Equal(
            [
                [id, 1, at, "account-1", "customer-0", "service-0", 0.5, null, "vm é\n\"", 3, "champion",
                    "treated", false],
                [id, 2, at, "account-1", "customer-0", "service-1", 1 / 3.0, 0.25, null, 3, "champion",
                    "treated", false],
            ],
            rows);
        Assert.Equal(
            [[id, "service-0", "shown", new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero)]],
            await StoredTableRows.ReadAsync(folder.Feedback));
        Assert.Empty(Segments(folder));
    }

    [Fact]
    public async Task Segment_WithItsRows_IsCommittedWithoutWaiting()
    {
        using ExposureFolder folder = new();
        await using ExposureLog log = await folder.OpenAsync(folder.Options with { SegmentRows = 10 });

        Append(log, 0, 12);
        await Eventually.TrueAsync(() => log.Status.RowsCommitted >= 20);

        Assert.Equal(Expected(0, 10), await folder.ServedRowsAsync());
        Snapshot snapshot = (await StoredTableRows.SnapshotAsync(folder.Exposure))!;
        Assert.Equal(1, Assert.Single(snapshot.Transactions).Version);
        Assert.Equal((12, 12, 0), (log.Status.Taken, log.Status.Durable, log.Status.Dropped));
    }

    [Fact]
    public async Task Segment_OfItsAge_IsCommitted()
    {
        using ExposureFolder folder = new();
        await using ExposureLog log = await folder.OpenAsync(
            folder.Options with { SegmentAge = TimeSpan.FromMilliseconds(100) });

        Append(log, 0, 1);
        await Eventually.TrueAsync(() => log.Status.RowsCommitted == Items);

        Assert.Equal(Expected(0, 1), await folder.ServedRowsAsync());
    }

    [Fact]
    public async Task Open_LeftSegmentCutOffAnywhere_CommitsWhatIsWhole()
    {
        using ExposureFolder folder = new();
        await CopySegmentAsync(folder, 0, 3);
        string segment = Assert.Single(Segments(folder));
        byte[] whole = await File.ReadAllBytesAsync(segment);
        int secondLine = Array.IndexOf(whole, (byte)'\n', Array.IndexOf(whole, (byte)'\n') + 1) + 1;

        foreach (int length in Enumerable.Range(0, 20).Select(i => secondLine + (i * (whole.Length - secondLine) / 20)))
        {
            Directory.Delete(folder.Exposure, recursive: true);
            await File.WriteAllBytesAsync(segment, whole[..length]);
            await using ExposureLog log = await folder.OpenAsync();

            Assert.Equal(Expected(0, 2), await folder.ServedRowsAsync());
            Assert.Equal(0, log.Status.RecordsDamaged);
            Assert.Empty(Segments(folder));
        }
    }

    [Fact]
    public async Task Open_DamageInTheMiddle_CommitsTheRestAndKeepsTheFile()
    {
        using ExposureFolder folder = new();
        await CopySegmentAsync(folder, 0, 3);
        Directory.Delete(folder.Exposure, recursive: true);
        string segment = Assert.Single(Segments(folder));
        byte[] bytes = await File.ReadAllBytesAsync(segment);
        bytes[Array.IndexOf(bytes, (byte)'\n') + 20] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);

        await using ExposureLog log = await folder.OpenAsync();

        Assert.Equal([(0, Items), (2, Items)], await folder.ServedRowsAsync());
        Assert.Equal(1, log.Status.RecordsDamaged);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(segment + ".damaged"));
    }

    [Fact]
    public async Task Open_SegmentThatIsCommittedAlready_CommitsNothingTwice()
    {
        using ExposureFolder folder = new();
        await CopySegmentAsync(folder, 0, 3);

        await using (ExposureLog log = await folder.OpenAsync())
        {
            Assert.Equal(0, log.Status.RowsCommitted);
            Append(log, 3, 1);
        }

        Assert.Equal(Expected(0, 4), await folder.ServedRowsAsync());
    }

    [Fact]
    public async Task Open_SegmentUnderAnotherId_NegativeControl_IsThereTwice()
    {
        using ExposureFolder folder = new();
        await CopySegmentAsync(folder, 0, 3);
        File.Delete(Path.Combine(folder.Segments, "log.id"));

        await using ExposureLog log = await folder.OpenAsync();

        Assert.Equal([(0, 2 * Items), (1, 2 * Items), (2, 2 * Items)], await folder.ServedRowsAsync());
    }

    [Fact]
    public async Task Open_HalfCommittedSegment_CommitsTheOtherTable()
    {
        using ExposureFolder folder = new();
        await using (ExposureLog log = await folder.OpenAsync())
        {
            Append(log, 0, 1);
            log.TryAppend(ExposureFolder.FeedbackOf(0));
            await Eventually.TrueAsync(() => log.Status.Durable == 2);
            File.Copy(Assert.Single(Segments(folder)), Assert.Single(Segments(folder)) + ".copy");
        }

        string copy = Directory.GetFiles(folder.Segments, "*.copy").Single();
        File.Move(copy, copy[..^".copy".Length]);
        Directory.Delete(folder.Feedback, recursive: true);
        await using ExposureLog again = await folder.OpenAsync();

        Assert.Equal(1, again.Status.RowsCommitted);
        Assert.Equal(Expected(0, 1), await folder.ServedRowsAsync());
        Assert.Single(await StoredTableRows.ReadAsync(folder.Feedback));
    }

    [Fact]
    public async Task Commit_WhileTheLakeFails_WaitsAndThenCommitsOnce()
    {
        using ExposureFolder folder = new();
        await using ExposureLog log = await folder.OpenAsync(folder.Options with { SegmentRows = 4 });
        await File.WriteAllTextAsync(folder.Exposure, "a file where the table's folder must be");

        Append(log, 0, 6);
        await Eventually.TrueAsync(() => log.Status.Failure is not null && log.Status.Durable == 6);
        Assert.Equal(0, log.Status.RowsCommitted);
        Assert.Equal(3, Segments(folder).Length);
        File.Delete(folder.Exposure);
        await Eventually.TrueAsync(() => log.Status.RowsCommitted == 6 * Items);

        Assert.Null(log.Status.Failure);
        Assert.Equal(Expected(0, 6), await folder.ServedRowsAsync());
    }

    [Fact]
    public async Task Dispose_WhileTheLakeFails_LeavesSegmentsForTheNextStart()
    {
        using ExposureFolder folder = new();
        await using (ExposureLog log = await folder.OpenAsync(
            folder.Options with { StopTimeout = TimeSpan.FromMilliseconds(100) }))
        {
            await File.WriteAllTextAsync(folder.Exposure, "in the way");
            Append(log, 0, 2);
        }

        File.Delete(folder.Exposure);
        await using ExposureLog again = await folder.OpenAsync();

        Assert.Equal(Expected(0, 2), await folder.ServedRowsAsync());
    }

    [Fact]
    public async Task Sync_WhileTheFolderIsMissing_KeepsRecordsAndThenWritesThemOnce()
    {
        using ExposureFolder folder = new();
        await using (ExposureLog log = await folder.OpenAsync())
        {
            Directory.Move(folder.Segments, folder.Segments + "-away");
            Append(log, 0, 3);
            await Eventually.TrueAsync(() => log.Status.Failure is not null);
            Assert.Equal(0, log.Status.Durable);
            Directory.Move(folder.Segments + "-away", folder.Segments);
            await Eventually.TrueAsync(() => log.Status.Durable == 3);
            Assert.Null(log.Status.Failure);
        }

        Assert.Equal(Expected(0, 3), await folder.ServedRowsAsync());
    }

    [Fact]
    public async Task Append_WithoutRoom_DropsAndCountsWithoutWaiting()
    {
        using ExposureFolder folder = new();
        await using ExposureLog log = await folder.OpenAsync(
            folder.Options with { Capacity = 8, Clock = new StandingClock() });

        // Nothing makes room meanwhile: one that waited for it would wait for good.
        int taken = Enumerable.Range(0, 1000).Count(i => log.TryAppend(ExposureFolder.Served(i)));

        Assert.Equal(8, taken);
        Assert.Equal((8, 992), (log.Status.Taken, log.Status.Dropped));
    }

    [Fact]
    public async Task Open_Twice_IsRefused()
    {
        using ExposureFolder folder = new();
        await using ExposureLog log = await folder.OpenAsync();

        LandfallException refusal = await Assert.ThrowsAsync<LandfallException>(() => folder.OpenAsync());

        Assert.Equal("LF4432", refusal.Code);
    }

    [Fact]
    public async Task Open_DamagedId_IsRefused()
    {
        using ExposureFolder folder = new();
        await (await folder.OpenAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(folder.Segments, "log.id"), "");

        LandfallException refusal = await Assert.ThrowsAsync<LandfallException>(() => folder.OpenAsync());

        Assert.Equal("LF4433", refusal.Code);
    }

    [Fact]
    public async Task Log_OfManySegments_JoinsSmallFilesDaily()
    {
        using ExposureFolder folder = new();
        await using (ExposureLog log = await folder.OpenAsync(
            folder.Options with { SegmentRows = Items, CompactionPeriod = TimeSpan.Zero }))
        {
            for (int i = 0; i < 40; i++)
            {
                Append(log, i, 1);
                await Eventually.TrueAsync(() => log.Status.RowsCommitted == (i + 1) * Items);
            }
        }

        Assert.Equal(Expected(0, 40), await folder.ServedRowsAsync());
        Snapshot snapshot = (await StoredTableRows.SnapshotAsync(folder.Exposure))!;
        Assert.InRange(snapshot.Files.Length, 1, 20);
        Assert.Equal(39, snapshot.Transactions.Single().Version);
    }

    /// <summary>Logs records and leaves their segment beside the tables, as a kill before its removal does.</summary>
    private static async Task CopySegmentAsync(ExposureFolder folder, int first, int count)
    {
        string segment;
        await using (ExposureLog log = await folder.OpenAsync())
        {
            Append(log, first, count);
            await Eventually.TrueAsync(() => log.Status.Durable == count);
            segment = Assert.Single(Segments(folder));
            File.Copy(segment, segment + ".copy");
        }

        File.Move(segment + ".copy", segment);
    }

    private static void Append(ExposureLog log, int first, int count) => Assert.All(
        Enumerable.Range(first, count), i => Assert.True(log.TryAppend(ExposureFolder.Served(i, Items))));

    private static IEnumerable<(int Number, int Rows)> Expected(int first, int count) =>
        Enumerable.Range(first, count).Select(i => (i, Items));

    private static string[] Segments(ExposureFolder folder) => Directory.GetFiles(folder.Segments, "segment-*.jsonl");

    /// <summary>A clock whose timers never fire.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public override ITimer CreateTimer(
            TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
