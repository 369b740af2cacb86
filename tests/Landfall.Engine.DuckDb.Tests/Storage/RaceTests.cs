using System.Diagnostics;
using System.Globalization;
using Landfall.Delta;
using Landfall.DuckDb;
using Landfall.Testing.Delta;

namespace Landfall.Engine.DuckDb.Tests.Storage;

/// <summary>Processes that commit to one table at the same time, and a reader that looks on.</summary>
public sealed class RaceTests(ITestOutputHelper output) : IDisposable
{
    private const string Forever = "1000000000";

    private static readonly string[] Writers = ["a", "b", "c", "d"];

    /// <summary>The longest that a writer may wait from one acknowledged commit to the next.</summary>
    private static readonly TimeSpan StarvedMax = TimeSpan.FromSeconds(5);

    private readonly TemporaryFolder _folder = new();
    private readonly DuckDbDatabase _database = DuckDbDatabase.Open();

    private int _round;

    private string Table => Path.Combine(_folder.Path, $"t{_round}");

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Race_FourWritersOf3000_LosesNothingTearsNothingStarvesNobody()
    {
        long started = TimeProvider.System.GetTimestamp();

        (Racer[] racers, RaceReader reader) = await RunAsync(_ => ["3000", "safe"]);

        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(started);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{12_000 / elapsed.TotalSeconds:F0} commits/s, the longest {racers.Max(r => r.Longest.TotalMilliseconds)} "
            + $"ms; a reader looked {reader.Looks} times at {reader.Versions} versions."));
        Assert.All(racers, r => Assert.Null(r.Failure));
        Assert.Empty(await ViolationsAsync(racers, 3000));
        Assert.True(reader.Violations.Count == 0, string.Join('\n', reader.Violations));
        Assert.True(reader.Looks > 100 && reader.Versions > 50, "The reader saw too little to say anything.");
        Assert.Empty(Starved(racers));
    }

    [Fact]
    public async Task Race_WithRenameForLink_IsFoundOut()
    {
        for (_round = 1; _round <= 5; _round++)
        {
            (Racer[] racers, RaceReader reader) = await RunAsync(_ => ["1000", "rename"]);
            IReadOnlyList<string> violations = await ViolationsAsync(racers, 1000);
            if (violations.Count > 0 && reader.Violations.Count > 0)
            {
                output.WriteLine($"Found out in round {_round}: {violations[0]}; {reader.Violations[0]}");
                return;
            }
        }

        Assert.Fail("20,000 commits did not show that rename overwrites: the harness is blind.");
    }

    [Theory]
    [InlineData("in-place", "I3")]
    [InlineData("halves", "I2")]
    public async Task Race_WithAWrongWriter_IsFoundOutByTheReader(string store, string invariant)
    {
        (_, RaceReader reader) = await RunAsync(_ => ["200", store]);

        output.WriteLine(string.Join("; ", reader.Violations));
        Assert.Contains(reader.Violations, v => v.StartsWith(invariant, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Race_WithASlowWriter_IsFoundOutToStarve()
    {
        (Racer[] racers, _) = await RunAsync(writer => [Forever, writer == "d" ? "slow" : "safe", "8"]);

        Assert.Equal(["d"], Starved(racers));
    }

    private static string[] Starved(Racer[] racers) =>
        [.. racers.Where(r => r.Longest > StarvedMax).Select(r => r.Writer)];

    private async Task<(Racer[] Racers, RaceReader Reader)> RunAsync(Func<string, string[]> arguments)
    {
        var reader = new RaceReader(Table, _database, new Random(1));
        Task<Racer[]> racing = Task.WhenAll(Writers.Select(w => RunAsync(w, arguments(w))));
        await reader.RunAsync(racing);
        return (await racing, reader);
    }

    private async Task<Racer> RunAsync(string writer, string[] arguments)
    {
        using Process process = HarnessProcess.Start(["race", Table, writer, .. arguments]);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        List<(long Version, long Number)> acknowledged = [];
        TimeSpan longest = TimeSpan.Zero;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            string[] words = line.Split(' ');
            long number = long.Parse(words[1], CultureInfo.InvariantCulture);
            switch (words[0])
            {
                case "ACK":
                    acknowledged.Add((number, long.Parse(words[2], CultureInfo.InvariantCulture)));
                    break;
                default:
                    longest = TimeSpan.FromMilliseconds(number);
                    break;
            }
        }

        await process.WaitForExitAsync();
        return new(writer, acknowledged, longest, process.ExitCode == 0 ? null : await errors);
    }

    /// <summary>Every acknowledged version must be the commit of the writer that was told so.</summary>
    private async Task<List<string>> ViolationsAsync(Racer[] racers, int commits)
    {
        var oracle = new TableOracle(Table, _database);
        (IReadOnlyList<CommitSummary> log, IReadOnlyList<string> found) = await oracle.CheckLogOnlyAsync();
        List<string> violations = [.. found];
        if (log.Count != (Writers.Length * commits) + 1)
        {
            violations.Add($"{Writers.Length * commits} commits were acknowledged, the log has {log.Count - 1}");
        }

        Snapshot? snapshot;
        try
        {
            snapshot = await oracle.Table.TryLoadAsync(null, CancellationToken.None);
        }
        catch (CorruptTableException damage)
        {
            // What a wrong writer left may not even load.
            return [.. violations, damage.Message];
        }

        foreach (Racer racer in racers)
        {
            violations.AddRange(racer.Acknowledged
                .Where(a => snapshot?.FindFile(RaceCommit.Kept(racer.Writer, a.Number)) is null)
                .Select(a => $"version {a.Version} was acknowledged to {racer.Writer}, its file is not in the table"));
        }

        return violations;
    }

    /// <summary>What a writer reports in the end; a failure where it did not come so far.</summary>
    private sealed record Racer(
        string Writer, List<(long Version, long Number)> Acknowledged, TimeSpan Longest, string? Failure);
}
