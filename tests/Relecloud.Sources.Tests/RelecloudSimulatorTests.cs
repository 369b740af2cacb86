using Npgsql;
using Relecloud.Application;
using Relecloud.Sources.Storage;

namespace Relecloud.Sources.Tests;

public sealed class RelecloudSimulatorTests(BillingServer server) : IClassFixture<BillingServer>
{
    private const double Scale = 0.002;
    private const int Days = 46;

    [Fact]
    public async Task Days_AtOnceOrOneByOne_GiveTheSameBytesAndRows()
    {
        (SortedDictionary<string, string> files, string rows) once = await AtOnceAsync();
        await server.DropAsync();
        string folder = server.NewFolder();
        await server.Simulator(folder, Scale).EnsureAsync(13);
        for (int day = 13; day < Days; day++)
        {
            SourcesState state = await server.Simulator(folder, Scale).AdvanceAsync(1);
            Assert.Equal(day + 1, state.Days);
        }

        Assert.Equal(once.files, FolderContent.Of(folder));
        Assert.Equal(once.rows, await server.DumpAsync());
    }

    [Fact]
    public async Task AnotherSeed_GivesOtherBytes()
    {
        (SortedDictionary<string, string> files, string rows) once = await AtOnceAsync();
        await server.DropAsync();
        string folder = server.NewFolder();
        await server.Simulator(folder, Scale, seed: 8).EnsureAsync(Days);

        SortedDictionary<string, string> other = FolderContent.Of(folder);
        Assert.True(other.Count(f => once.files.TryGetValue(f.Key, out string? hash) && hash == f.Value) < 5);
        Assert.NotEqual(once.rows, await server.DumpAsync());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    [InlineData(38)]
    public async Task Run_StoppedOnADay_IsContinuedToTheSame(int stopAfter)
    {
        (SortedDictionary<string, string> files, string rows) once = await AtOnceAsync();
        await server.DropAsync();
        string folder = server.NewFolder();
        using CancellationTokenSource stop = new();
        StopAfter progress = new(stopAfter, stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => server.Simulator(folder, Scale).EnsureAsync(Days, progress, stop.Token));
        // What a kill leaves: a file half written, and one of the day that was not finished.
        Directory.CreateDirectory(Path.Combine(folder, ".unfinished"));
        await File.WriteAllTextAsync(Path.Combine(folder, ".unfinished", "1"), "half");

        await server.Simulator(folder, Scale).EnsureAsync(Days);
        Assert.Equal(once.files, FolderContent.Of(folder));
        Assert.Equal(once.rows, await server.DumpAsync());
    }

    [Fact]
    public async Task Run_KilledBetweenRowsAndState_IsContinuedToTheSame()
    {
        await server.DropAsync();
        string folder = server.NewFolder();
        await server.Simulator(folder, Scale).EnsureAsync(20);
        string state = await File.ReadAllTextAsync(Path.Combine(folder, "state.json"));
        await server.Simulator(folder, Scale).EnsureAsync(Days);
        SortedDictionary<string, string> files = FolderContent.Of(folder);
        string rows = await server.DumpAsync();
        await File.WriteAllTextAsync(Path.Combine(folder, "state.json"), state);

        await server.Simulator(folder, Scale).EnsureAsync(Days);
        Assert.Equal(files, FolderContent.Of(folder));
        Assert.Equal(rows, await server.DumpAsync());
    }

    [Fact]
    public async Task Database_Lost_IsFilledAgain()
    {
        (_, string rows) = await AtOnceAsync(out string folder);
        await server.DropAsync();

        await server.Simulator(folder, Scale).EnsureAsync(0);
        Assert.Equal(rows, await server.DumpAsync());
    }

    [Fact]
    public async Task OneMoreDay_AddsThatDaysFilesAndRowsOnly()
    {
        await AtOnceAsync(out string folder);
        SortedDictionary<string, string> before = FolderContent.Of(folder);
        await server.Simulator(folder, Scale).AdvanceAsync(1);

        string[] changed = [.. FolderContent.Of(folder).Except(before).Select(f => f.Key)];
        Assert.All(changed, f => Assert.True(
            f.Contains("2026-03-07", StringComparison.Ordinal) || f.StartsWith("truth", StringComparison.Ordinal)
                || f == "state.json",
            f));
        Assert.Contains(changed, f => f.StartsWith("telemetry", StringComparison.Ordinal));
        object?[] newest = (await server.ReadAsync("select max(created_at) from invoicing.payment")).Single();
        Assert.True((DateTime)newest[0]! < new DateTime(2026, 3, 8, 0, 0, 0, DateTimeKind.Utc));
    }

    [Fact]
    public async Task OtherSettings_AreRefusedAndChangeNothing()
    {
        await AtOnceAsync(out string folder);
        SortedDictionary<string, string> before = FolderContent.Of(folder);

        SourcesException other = await Assert.ThrowsAsync<SourcesException>(
            () => server.Simulator(folder, 0.003).EnsureAsync(Days));
        Assert.Contains("0.002", other.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SourcesException>(
            () => server.Simulator(server.NewFolder(), Scale, seed: 99).EnsureAsync(1));
        using (SourceFolder atWork = new(folder))
        {
            await Assert.ThrowsAsync<SourcesException>(() => server.Simulator(folder, Scale).AdvanceAsync(1));
        }

        Assert.Equal(before, FolderContent.Of(folder));
    }

    [Fact]
    public async Task Start_NotGiven_Is180DaysAgoAndKept()
    {
        await server.DropAsync();
        SourcesOptions options = new()
        {
            Folder = server.NewFolder(),
            SuperuserConnection = server.Superuser,
            ReaderPassword = BillingServer.ReaderPassword,
            Scale = 0.0002,
        };
        SourcesState first = await Simulator(new FixedClock(2026, 11, 23)).EnsureAsync(1);
        SourcesState later = await Simulator(new FixedClock(2027, 1, 1)).AdvanceAsync(1);

        RelecloudSimulator Simulator(TimeProvider clock) => new(options, new RecommenderAdviser(), clock);

        Assert.Equal(new DateOnly(2026, 5, 27), first.Start);
        Assert.Equal(first with { Days = 2 }, later);
    }

    [Fact]
    public async Task Reader_ReadsEverythingAndWritesNothing()
    {
        await AtOnceAsync();
        Assert.Equal("Europe/Berlin", (await server.ReadAsync("show timezone")).Single()[0]);
        Assert.NotEmpty(await server.ReadAsync("select * from invoicing.invoice_line"));
        string[] attempts =
        [
            "update crm.company set name = ''", "delete from invoicing.payment", "create table mine (a int)",
            "create temporary table mine (a int)", "set transaction read write; delete from invoicing.payment",
            "set default_transaction_read_only = off; delete from invoicing.payment", "select * from sources.progress",
        ];
        foreach (string sql in attempts)
        {
            await Assert.ThrowsAsync<PostgresException>(() => BillingServer.ExecuteAsync(server.Reader, sql));
        }
    }

    private Task<(SortedDictionary<string, string> Files, string Rows)> AtOnceAsync() => AtOnceAsync(out _);

    private Task<(SortedDictionary<string, string> Files, string Rows)> AtOnceAsync(out string folder)
    {
        folder = server.NewFolder();
        return RunAsync(folder);
    }

    private async Task<(SortedDictionary<string, string> Files, string Rows)> RunAsync(string folder)
    {
        await server.DropAsync();
        await server.Simulator(folder, Scale).EnsureAsync(Days);
        return (FolderContent.Of(folder), await server.DumpAsync());
    }

    private sealed class StopAfter(int days, CancellationTokenSource stop) : IProgress<SourcesProgress>
    {
        public void Report(SourcesProgress value)
        {
            if (value.DaysDone == days)
            {
                stop.Cancel();
            }
        }
    }

    private sealed class FixedClock(int year, int month, int day) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(year, month, day, 12, 0, 0, TimeSpan.Zero);
    }
}
